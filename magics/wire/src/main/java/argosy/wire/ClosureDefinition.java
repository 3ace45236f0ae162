package argosy.wire;

import java.util.List;
import java.util.Objects;

/// A function, the classes that it needs, and the state that it starts from.
///
/// One job sends one closure, once per worker, however many inputs it has.
///
/// @param id the identity of everything below
/// @param classes which [ClassDefinition]s the function needs; they are sent before the closure
/// @param stays whether the classes stay on the worker, with their statics, for all closures that
///   come later: the function lives there or works with what does
/// @param state the function and the statics that its bytecode reaches, encoded as one object graph
public record ClosureDefinition(
    ContentId id, List<ContentId> classes, boolean stays, Payload state) {

  /// Checks and copies.
  public ClosureDefinition {
    Objects.requireNonNull(id, "id is null");
    classes = List.copyOf(classes);
    Objects.requireNonNull(state, "state is null");
  }
}
