package argosy.engine.pool;

import argosy.PoolClosedException;

/// Why all workers of a fleet are stopped, for whoever waits for what they had not done.
enum StopCause {
  /// Somebody wants none for now.
  UNWANTED(
      "the workers were stopped (%%workers 0) before %s had ended; run it again, and new ones start"
          + " for it"),

  /// Their JVMs are to have other options, which only a new one takes.
  OTHER_OPTIONS(
      "the workers were replaced (%%workers with another --heap or --jvm) before %s had ended; run it"
          + " again, on the new ones"),

  /// Nobody will want any.
  CLOSED("the workers were closed for good before %s had ended");

  private final String text;

  StopCause(String text) {
    this.text = text;
  }

  /// {@return what is thrown for a call that had not ended}
  ///
  /// @param call what it is called
  PoolClosedException failure(String call) {
    return new PoolClosedException(text.formatted(call));
  }
}
