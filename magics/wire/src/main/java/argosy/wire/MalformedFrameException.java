package argosy.wire;

import java.io.IOException;

/// Bytes arrived that no peer of this protocol sends; the connection is of no more use.
public final class MalformedFrameException extends IOException {

  private static final long serialVersionUID = 1L;

  /// Says what was read.
  public MalformedFrameException(String message) {
    super(message);
  }
}
