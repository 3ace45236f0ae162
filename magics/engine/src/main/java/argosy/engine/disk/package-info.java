/// Files with values, and functions that keep their results there.
@NullMarked
package argosy.engine.disk;

import org.jspecify.annotations.NullMarked;
