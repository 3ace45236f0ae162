package argosy.engine.closure;

/// Where a value in a method's code comes from, as far as it matters.
sealed interface Origin {

  /// A static: a notebook's variable, or one of a class. Also what is inside it.
  record Variable(Class<?> owner, String name) implements Origin {}

  /// An argument of the method, the receiver being the first. Also what is inside it.
  record Argument(int index) implements Origin {}
}
