package argosy;

/// Lets a checked exception pass where none is declared.
final class Rethrow {

  private Rethrow() {}

  /// Throws `failure` itself; never returns, so that callers can write `throw unchecked(e)`.
  static RuntimeException unchecked(Throwable failure) {
    throw Rethrow.<RuntimeException>as(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E as(Throwable failure) throws E {
    throw (E) failure;
  }
}
