package argosy.kernel.jupyter;

/// Frames that are no message of a client that knows the key.
final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
