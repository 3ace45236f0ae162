package argosy.engine.pool;

import argosy.wire.TaskFunction;
import org.jspecify.annotations.Nullable;

/// A call that runs in this process.
///
/// @param id the task's number
/// @param seed where its random numbers come from
/// @param function what is called
/// @param input with what
/// @param listener who wants to know how it ends
public record LocalCall(
    long id,
    long seed,
    TaskFunction<@Nullable Object, @Nullable Object> function,
    @Nullable Object input,
    CallListener listener) {

  /// Calls the function.
  CallEnd run() {
    try {
      return new CallEnd.Value(function.apply(input));
    } catch (Throwable e) {
      // Whatever a task throws is its result; the thread goes on to the next one.
      return new CallEnd.Failed(e);
    }
  }

  /// {@return what a call of this process returned}
  ///
  /// @throws Throwable what it threw
  public static @Nullable Object value(CallEnd end) throws Throwable {
    return switch (end) {
      case CallEnd.Value(Object value) -> value;
      case CallEnd.Failed(Throwable cause) -> throw cause;
      case CallEnd.Returned _, CallEnd.Threw _ ->
          throw new IllegalStateException("a call of this process has an encoded end");
    };
  }
}
