/// The worker process: it rebuilds classes and values, runs tasks and relays their output.
///
/// In: [argosy.wire.ToWorker] messages from the kernel. Out: [argosy.wire.FromWorker] messages. The
/// main thread reads tasks and runs them itself; one daemon thread listens for cancellation and for
/// the parent's death.
///
/// Compiles to Java 17, because the executors of a cluster may run nothing newer.
@NullMarked
package argosy.worker;

import org.jspecify.annotations.NullMarked;
