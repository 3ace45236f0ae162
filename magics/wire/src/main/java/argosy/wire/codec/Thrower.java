package argosy.wire.codec;

/// Lets a throwable of any kind pass through code that declares none.
final class Thrower {

  private Thrower() {}

  /// Throws `e` itself.
  ///
  /// @return nothing: `throw Thrower.unchecked(e)` tells the compiler that the code ends here
  static RuntimeException unchecked(Throwable e) {
    return Thrower.<RuntimeException>cast(e);
  }

  @SuppressWarnings("unchecked") // that is the trick: the cast is erased
  private static <E extends Throwable> RuntimeException cast(Throwable e) throws E {
    throw (E) e;
  }
}
