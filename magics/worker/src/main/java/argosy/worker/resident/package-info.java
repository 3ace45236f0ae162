/// Classes that stay on a worker, with what their statics hold, for all closures that come later.
///
/// In: definitions of classes. Out: a loader that finds them, which the loaders of closures have as
/// their parent: so each name that stays means one class for all of them. Everything runs on the
/// thread that runs the tasks, except that classes may be loaded by any thread of a task.
@NullMarked
package argosy.worker.resident;

import org.jspecify.annotations.NullMarked;
