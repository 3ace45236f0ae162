/// The workers: processes at the other end of sockets, or threads of this process.
///
/// In: calls with the closure that they belong to. Out: how each ended, and what it printed. The
/// caller's thread writes to the worker; one thread, `argosy/io`, reads what all workers answer;
/// one per process, `argosy/worker-n/raw`, keeps its last words; `argosy/launcher` starts them, and
/// `argosy/timer` exists while something has a deadline. None of them works for the cell that
/// happened to start it: see [argosy.engine.host.Host#workFor].
@NullMarked
package argosy.engine.pool;

import org.jspecify.annotations.NullMarked;
