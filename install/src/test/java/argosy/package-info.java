/// Walls that no compiler checks, over every module at once, and the one jar that holds them all.
@NullMarked
package argosy;

import org.jspecify.annotations.NullMarked;
