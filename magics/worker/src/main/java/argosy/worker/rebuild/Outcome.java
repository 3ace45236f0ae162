package argosy.worker.rebuild;

import argosy.wire.Payload;
import argosy.wire.Protocol;
import argosy.wire.SentValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a task ended.
public sealed interface Outcome {

  /// What a message needs besides: its fields, and where values lie in shared memory.
  int ROOM_BYTES = 1 << 20;

  /// {@return what it returned or threw, encoded}
  Payload encoded();

  /// {@return why this does not fit into a message, or null if it does}
  ///
  /// @param others how many bytes are in the message already, of tasks that ended before
  default @Nullable String excess(int others) {
    return encoded().size() <= Protocol.MAX_FRAME_BYTES - ROOM_BYTES - others
        ? null
        : "the result of the task takes %,d bytes, more than the %,d that a message may have"
            .formatted(encoded().size(), Protocol.MAX_FRAME_BYTES);
  }

  /// It returned.
  ///
  /// @param result what it returned, encoded
  /// @param values the large values that the result refers to
  record Returned(Payload result, List<SentValue> values) implements Outcome {
    /// Copies.
    public Returned {
      values = List.copyOf(values);
    }

    @Override
    public Payload encoded() {
      return result;
    }
  }

  /// It threw, or returned what cannot travel.
  ///
  /// @param failure what the engine decodes
  record Threw(Payload failure) implements Outcome {

    @Override
    public Payload encoded() {
      return failure;
    }
  }
}
