/// The magics that come with the kernel.
///
/// In: calls from cells, through the same ports that any extension uses. Out: output of the cell,
/// values, entries on the class path. One class per subject, each of which offers its magics as
/// values.
///
/// Everything runs on the thread of the cell that calls; what a magic starts besides (a process and
/// the two threads that read from it) ends before the magic returns.
@NullMarked
package argosy.kernel.magic;

import org.jspecify.annotations.NullMarked;
