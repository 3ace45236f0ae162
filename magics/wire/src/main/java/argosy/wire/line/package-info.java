/// How tasks reach actors that live elsewhere.
///
/// In: functions that a task has made, for an actor. Out: what the actor answers, in the classes of
/// the task. Tasks call on whichever of their threads; answers come on a thread that must not be
/// kept busy.
///
/// Apart from the messages, because both the worker, which has the line, and the engine, which
/// tasks find on the class path, know it.
@NullMarked
package argosy.wire.line;

import org.jspecify.annotations.NullMarked;
