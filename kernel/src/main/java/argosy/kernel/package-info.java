/// The kernel's process: `Main` reads the connection file and joins the parts.
///
/// ```
/// Jupyter --> kernel.jupyter --> kernel.interpreter --> kernel.cell --> kernel.jshell
///                  ^                                                        |
///                  +------------------ kernel.display <----- value ---------+
/// ```
@NullMarked
package argosy.kernel;

import org.jspecify.annotations.NullMarked;
