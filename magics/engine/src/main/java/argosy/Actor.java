package argosy;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An object that lives on one worker, and is worked with there.
///
/// Calls run one after the other, in the order in which they were made; each waits for what the
/// worker does, the tasks of others included. What a call changes in the object, the next one sees.
/// If the worker is lost, so is the object, and calls fail with [WorkerLostException]. Safe from
/// any thread.
///
/// @param <A> the object
public interface Actor<A extends @Nullable Object> extends AutoCloseable {

  /// Calls a function with the object, where it lives. The function is captured before this
  /// returns.
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  /// @throws IllegalStateException if the actor is closed
  <R extends @Nullable Object> Task<R> call(Fn<? super A, ? extends R> f);

  /// As [#call(Fn)], for a function of the JDK's type.
  <R extends @Nullable Object> Task<R> call(Function<? super A, ? extends R> f);

  /// Does something with the object, where it lives. For lambdas without a result; otherwise as
  /// [#call(Fn)].
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  /// @throws IllegalStateException if the actor is closed
  Task<?> run(Effect<? super A> effect);

  /// As [#run(Effect)], for a consumer of the JDK's type.
  Task<?> run(Consumer<? super A> effect);

  /// Lets go of the object when the calls so far have ended. Does not wait. Idempotent.
  @Override
  void close();
}
