package argosy.engine.pool;

import argosy.engine.closure.WrittenPlace;
import org.jspecify.annotations.Nullable;

/// Somebody who has asked for calls: the task or the job of a user. Safe from any thread.
public interface Caller {

  /// Nobody who could be found again.
  Caller UNKNOWN =
      new Caller() {
        @Override
        public Object scope() {
          return this;
        }

        @Override
        public void giveUp() {
          // Nobody waits.
        }
      };

  /// {@return where it was asked for, as [argosy.engine.host.Host#scope] told it}
  Object scope();

  /// {@return where the function is written that is called, or null if nobody knows}
  default @Nullable WrittenPlace place() {
    return null;
  }

  /// The user wants none of it any more. Whoever waits gets a `CancellationException`; the calls
  /// that run are ended by who says so. Must not block.
  void giveUp();
}
