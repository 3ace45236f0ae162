package argosy.engine.pool;

import argosy.wire.MalformedFrameException;
import org.jspecify.annotations.Nullable;

/// Why this process has ended a worker's, if it has: what its tasks are told instead of the signal
/// that did it.
final class Verdict {

  private volatile @Nullable String reason;
  private volatile @Nullable MalformedFrameException breach;

  /// Takes in a reason. The first one counts.
  ///
  /// @param why as in "it …"
  void fallsFor(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /// Takes in that the worker does not keep to the protocol, which counts more than any reason.
  void breach(MalformedFrameException how) {
    breach = how;
  }

  boolean isBreach() {
    return breach != null;
  }

  /// {@return why the process has ended, and its last words}
  ///
  /// @param context what is known besides
  String causeOf(ProcessEnd end, ProcessEnd.Context context) {
    String condemned = reason;
    MalformedFrameException unreadable = breach;
    if (unreadable != null) {
      condemned =
          "what it wrote to the socket is not of this protocol (%s), so it was ended"
              .formatted(unreadable.getMessage());
    }
    return condemned == null ? end.describe(context) : end.withLastWords(condemned);
  }
}
