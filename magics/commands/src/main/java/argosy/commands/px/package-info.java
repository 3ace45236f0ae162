/// `%%px`, `%px` and `%pxresult`: cells that run on the workers and stay there.
///
/// In: a cell's text, which the kernel compiles. Out: its values, one for each worker, and what the
/// workers print and throw. Everything runs on the cell's thread; output arrives on the engine's.
@NullMarked
package argosy.commands.px;

import org.jspecify.annotations.NullMarked;
