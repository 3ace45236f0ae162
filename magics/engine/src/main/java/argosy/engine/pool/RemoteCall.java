package argosy.engine.pool;

import argosy.engine.host.TaskOutput;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.TaskCall;
import java.util.List;

/// A call on its way to a worker process.
///
/// @param call the task's number, seed and encoded input
/// @param closure what is called
/// @param classes the definitions that `closure` names
/// @param output where its output appears
/// @param listener who wants to know how it ends
public record RemoteCall(
    TaskCall call,
    ClosureDefinition closure,
    List<ClassDefinition> classes,
    TaskOutput output,
    CallListener listener) {

  /// {@return what messages call it}
  String name() {
    String input = listener.what();
    return input.isEmpty() ? "task " + call.task() : "task %d (%s)".formatted(call.task(), input);
  }

  /// {@return the same call under another number}
  RemoteCall numbered(long id) {
    return new RemoteCall(
        new TaskCall(id, call.seed(), call.input()), closure, classes, output, listener);
  }
}
