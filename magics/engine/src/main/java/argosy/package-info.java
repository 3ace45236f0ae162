/// Parallel Java: what a notebook or a `main` names.
///
/// [Parallel] is the way in. Lambdas go in, with all that they capture; results come out in the
/// order of the inputs. Everything here is safe from any thread.
@NullMarked
package argosy;

import org.jspecify.annotations.NullMarked;
