package argosy.wire;

import java.util.List;
import java.util.Objects;

/// A function, the classes that it needs, and the state that it starts from.
///
/// One job sends one closure, once per worker, however many inputs it has.
///
/// ```text
/// classes   sent before, once per worker
/// values    large arrays and strings, sent before, once per worker
/// parts     large object graphs, sent before, once per worker; they refer to values
/// state     everything else: length:4 | constants | the function and other statics
/// ```
///
/// @param id the identity of everything below
/// @param classes which [ClassDefinition]s the function needs
/// @param stays whether the classes stay on the worker, with their statics, for all closures that
///   come later: the function lives there or works with what does
/// @param runsInputs whether each call brings the function that it runs as its input: one that a
///   task of this closure has made, for what lives on another worker
/// @param values what the outlets of the state's graphs took
/// @param parts what workers keep from task to task while it does not change
/// @param state what is rebuilt for each task
public record ClosureDefinition(
    ContentId id,
    List<ContentId> classes,
    boolean stays,
    boolean runsInputs,
    List<ValueUse> values,
    List<PartUse> parts,
    Payload state) {

  /// Checks and copies.
  public ClosureDefinition {
    Objects.requireNonNull(id, "id is null");
    classes = List.copyOf(classes);
    values = List.copyOf(values);
    parts = List.copyOf(parts);
    Objects.requireNonNull(state, "state is null");
  }

  /// What distinguishes the two closures that have everything else in common.
  private static final ContentId OF_CALLS = new ContentId(0x5a6c1e0f93b7d842L, 0x2d1b7c8e6f40a593L);

  /// {@return the same classes and state for functions that tasks of this closure have made}
  public ClosureDefinition forCalls() {
    if (runsInputs) {
      return this;
    }
    ContentId other = new ContentId(id.high() ^ OF_CALLS.high(), id.low() ^ OF_CALLS.low());
    return new ClosureDefinition(other, classes, true, true, values, parts, state);
  }
}
