/// The ports through which something else plugs into the kernel.
///
/// An extension is found by [java.util.ServiceLoader] and started once, before the first cell. In:
/// the magics that it registers. Out: what the kernel knows and an extension may need: the bytecode
/// of cell classes, the class path, the output of the running cell, its interrupts.
///
/// The kernel calls magics on the thread that runs the cell, and the listeners on the threads that
/// their methods name.
@NullMarked
package argosy.kernel.extension;

import org.jspecify.annotations.NullMarked;
