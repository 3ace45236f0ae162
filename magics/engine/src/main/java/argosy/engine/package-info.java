/// The engine: it captures closures, schedules tasks, keeps the workers, and knows nothing of
/// Jupyter.
///
/// In: functions and inputs from [argosy.Parallel]. Out: results in the order of the inputs. The
/// caller's thread captures and writes to the worker; one thread per engine reads what all workers
/// answer.
@NullMarked
package argosy.engine;

import org.jspecify.annotations.NullMarked;
