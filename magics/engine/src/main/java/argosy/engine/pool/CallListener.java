package argosy.engine.pool;

/// Hears of a call's end.
@FunctionalInterface
public interface CallListener {

  /// Called once, on any thread, unless the call was cancelled first; must not block nor throw.
  void ended(CallEnd end);

  /// {@return what its caller calls it, such as `input 5`, or nothing}
  ///
  /// @param index which one, if there are several in one
  default String what(int index) {
    return "";
  }
}
