/// Rebuilds closures and runs them.
///
/// In: class files, closures and inputs as the engine captured them. Out: results and failures as
/// bytes. Everything runs on the caller's thread, one task at a time: the statics of shipped
/// classes belong to the task that runs.
///
/// A [ClosureRuntime] keeps the classes in [World]s: one loader for as long as each class name
/// means one class, another one from when it means two. Large state is kept from task to task
/// ([HeldValue], [KeptPart]) while it provably is what it was; small state is rebuilt for each.
@NullMarked
package argosy.worker.rebuild;

import org.jspecify.annotations.NullMarked;
