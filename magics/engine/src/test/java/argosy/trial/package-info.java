/// What the tests of closures ship besides cells.
@NullMarked
package argosy.trial;

import org.jspecify.annotations.NullMarked;
