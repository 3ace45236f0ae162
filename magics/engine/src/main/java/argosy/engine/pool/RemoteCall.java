package argosy.engine.pool;

import argosy.engine.closure.DefinedPart;
import argosy.engine.host.TaskOutput;
import argosy.engine.memory.StoredValue;
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
/// @param needs what `closure` and the input name
/// @param output where its output appears
/// @param listener who wants to know how it ends
public record RemoteCall(
    TaskCall call,
    int count,
    long sliceNanos,
    ClosureDefinition closure,
    Needs needs,
    TaskOutput output,
    CallListener listener) {

  /// {@return what messages call it, or the one of this index if it is several}
  String name(int index) {
    return listener.name(call.task() + index, index);
  }

  /// {@return the same call under another number}
  RemoteCall numbered(long id) {
    return new RemoteCall(call.numbered(id), count, sliceNanos, closure, needs, output, listener);
  }

  /// {@return a call of an actor that a task of this one has made: it needs what that knows}
  ///
  /// @param calling the number, the seed, and the function as its input
  RemoteCall calling(TaskCall calling, CallListener listener) {
    Needs known = new Needs(needs.classes(), needs.parts(), needs.values(), List.of());
    return new RemoteCall(calling, 1, 0, closure.forCalls(), known, output, listener);
  }

  /// What a worker has to have before it can run a call.
  ///
  /// @param classes the definitions that the closure names
  /// @param parts the parts of its state
  /// @param values the large values of its state
  /// @param inputValues the large values of the input
  public record Needs(
      List<ClassDefinition> classes,
      List<DefinedPart> parts,
      List<StoredValue> values,
      List<StoredValue> inputValues) {

    /// Copies.
    public Needs {
      classes = List.copyOf(classes);
      parts = List.copyOf(parts);
      values = List.copyOf(values);
      inputValues = List.copyOf(inputValues);
    }
  }
}
