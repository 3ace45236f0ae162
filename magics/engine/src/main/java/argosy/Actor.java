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
/// Tasks can call it, too: those that capture it, get it as their input or find it in another
/// actor. What such a call captures is as its task has it; the calls of one task run in the order
/// in which it makes them, and end with it if it is cancelled or its time is up. An actor can call
/// others. It does one thing at a time, so a call that waits for itself, be it by way of others,
/// fails with an [IllegalStateException]. While a task waits, its worker waits as well. So an actor
/// that tasks can call keeps its worker for itself and other actors, and one that is made with
/// others, which it may call, gets a worker of its own: further workers take their places, until
/// they are closed. Nobody knows who has an actor that was given to a task, so that one stays until
/// [#close]. Those of the backends `threads` and `sequential` can be called by tasks of these.
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
  ///
  /// @throws IllegalStateException in a task that runs in another process than this was made in
  @Override
  void close();
}
