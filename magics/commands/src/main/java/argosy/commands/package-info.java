/// The magics of parallel cells: `%workers`, `%%parallel` and their kin.
///
/// In: calls from cells. Out: tables and values, and code that the kernel evaluates. Everything
/// runs on the thread of the cell that calls.
@NullMarked
package argosy.commands;

import org.jspecify.annotations.NullMarked;
