/// The port between the Jupyter protocol and the language behind it.
///
/// In: the code of cells, from [argosy.kernel.jupyter]. Out: values as MIME bundles, errors as
/// text, and output through [CellIo] while a cell runs. The protocol knows no Java, the language no
/// Jupyter; they meet here. Cells come one after the other from one thread; everything else may
/// come meanwhile.
@NullMarked
package argosy.kernel.interpreter;

import org.jspecify.annotations.NullMarked;
