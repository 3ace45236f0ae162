/// Paths as users write them, in a magic or in the environment.
///
/// In: a text and the folder that it is relative to. Out: the paths that are there.
@NullMarked
package argosy.kernel.file;

import org.jspecify.annotations.NullMarked;
