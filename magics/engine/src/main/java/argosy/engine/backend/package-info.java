/// Where tasks run: [Backend] is what the engine sees of worker processes, of threads, and of the
/// calling thread alike.
///
/// In: functions and inputs. Out: calls, of each of which somebody hears how it ended. Functions
/// and inputs are captured on the calling thread; listeners are called by whichever thread knows
/// first.
@NullMarked
package argosy.engine.backend;

import org.jspecify.annotations.NullMarked;
