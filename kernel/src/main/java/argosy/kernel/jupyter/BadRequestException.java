package argosy.kernel.jupyter;

/// JSON that does not say what it should. The message names the field.
final class BadRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }
}
