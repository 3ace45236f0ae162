package argosy.engine.closure;

import argosy.engine.memory.StoredValue;
import argosy.wire.Payload;
import java.util.List;

/// An input, ready to be sent.
///
/// @param graph the input
/// @param values what travels beside it
public record Encoded(Payload graph, List<StoredValue> values) {

  /// Copies.
  public Encoded {
    values = List.copyOf(values);
  }

  /// {@return how many bytes this has}
  public long bytes() {
    long bytes = graph.size();
    for (StoredValue value : values) {
      bytes += value.bytes();
    }
    return bytes;
  }
}
