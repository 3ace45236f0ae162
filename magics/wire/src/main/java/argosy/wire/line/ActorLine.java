package argosy.wire.line;

import argosy.wire.Payload;
import argosy.wire.ResidentFunction;
import argosy.wire.codec.Failure;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Brings what tasks call to the actors that live elsewhere, and what these answer to the tasks.
/// Only processes that run tasks have one. Safe from any thread.
public interface ActorLine {

  /// {@return the line of this process, or null if it has none}
  static @Nullable ActorLine current() {
    return OpenLine.get();
  }

  /// Waits for something that answers of actors may bring about, if this process has a line; see
  /// [#await].
  static void awaitAnswers(BooleanSupplier isDone, long nanos) {
    ActorLine line = OpenLine.get();
    if (line != null) {
      line.await(isDone, nanos);
    }
  }

  /// {@return the task that this process runs now, as one that calls actors}
  ///
  /// @throws IllegalStateException if it runs none
  Caller caller();

  /// Returns when `isDone`, when the time is up, when the thread is interrupted, or at once if no
  /// answer is due or the thread is not the one that runs tasks. While it waits, the kernel knows
  /// that the task does nothing else.
  ///
  /// @param isDone whether it is there; whoever makes this true calls [#changed] afterwards
  /// @param nanos how long at most; negative for as long as it takes
  void await(BooleanSupplier isDone, long nanos);

  /// Makes a thread in [#await] look again.
  void changed();

  /// A task that calls actors. Its classes are those in which it encodes and reads.
  interface Caller {

    /// {@return a function as bytes}
    ///
    /// @throws argosy.wire.codec.UnshippableException if something that it captures cannot travel
    Payload encode(ResidentFunction<?> function);

    /// Calls an actor. Calls of one task arrive in the order in which they were made.
    void call(long actor, Payload function, Listener listener);

    /// {@return what a call returned}
    @Nullable Object decode(Payload returned);

    /// {@return what a call threw}
    Failure decodeFailure(Payload thrown);
  }

  /// Hears how a call ended.
  @FunctionalInterface
  interface Listener {

    /// Called once; must not block.
    void ended(boolean isFailure, Payload encoded);
  }
}
