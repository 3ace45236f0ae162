package argosy.engine.pool;

import argosy.engine.host.TaskOutput;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.TaskCall;
import java.util.List;

/// A call on its way to a worker process.
///
/// @param call the task's number, seed and encoded input, or those of several in one
/// @param count how many it is: more than one have their inputs in a [argosy.wire.Pack]
/// @param sliceNanos after how long those of several that have not begun come back; 0 for never
/// @param closure what is called
/// @param classes the definitions that `closure` names
/// @param output where its output appears
/// @param listener who wants to know how it ends
public record RemoteCall(
    TaskCall call,
    int count,
    long sliceNanos,
    ClosureDefinition closure,
    List<ClassDefinition> classes,
    TaskOutput output,
    CallListener listener) {

  /// {@return what messages call it, or the one of this index if it is several}
  String name(int index) {
    String input = listener.what(index);
    long task = call.task() + index;
    return input.isEmpty() ? "task " + task : "task %d (%s)".formatted(task, input);
  }
}
