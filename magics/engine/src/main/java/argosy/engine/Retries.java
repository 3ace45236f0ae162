package argosy.engine;

import argosy.DeadlineExceededException;
import argosy.Options;
import argosy.ParallelException;
import argosy.WorkerLostException;
import argosy.engine.backend.Call;
import argosy.engine.pool.CallEnd;
import java.util.List;

/// Whether a failed call is worth another try.
///
/// @param limit how many more tries a call has at the start
/// @param types which exceptions count, besides the loss of the worker
record Retries(int limit, List<Class<? extends Throwable>> types) {

  /// A task around which so many workers died is not tried again, whatever its retries.
  private static final int MAX_LOSSES = 3;

  static Retries of(Options options) {
    Integer given = options.retries();
    int fallback = options.retryOn().isEmpty() ? 0 : 1;
    return new Retries(given == null ? fallback : given, options.retryOn());
  }

  /// {@return whether to try again}
  ///
  /// @param failures how often it has failed, this time included
  boolean isWorthIt(Call call, CallEnd end, int failures) {
    if (failures > limit) {
      return false;
    }
    return switch (end) {
      case CallEnd.Returned _, CallEnd.Value _ -> false;
      case CallEnd.Answered _, CallEnd.Ran _, CallEnd.Lost _ ->
          throw new IllegalStateException("not the end of one call: " + end);
      case CallEnd.Failed(WorkerLostException _) -> failures < MAX_LOSSES;
      case CallEnd.Failed _, CallEnd.Raised _, CallEnd.Threw _ ->
          !types.isEmpty() && isOneOf(failureOf(call, end));
    };
  }

  /// {@return how the call has ended, after how many tries, and why there was no other one if its
  /// retries allowed it}
  ///
  /// @param failures how often it has failed, this time included
  CallEnd explained(CallEnd end, int failures) {
    if (failures < 2) {
      return end;
    }
    String tries = "at the last of %d tries, ".formatted(failures);
    return switch (end) {
      case CallEnd.Failed(WorkerLostException loss) -> {
        String why =
            failures >= MAX_LOSSES && failures <= limit
                ? "this has now cost three workers, so it is not tried again: "
                : tries;
        yield again(new WorkerLostException(why + loss.getMessage()), loss);
      }
      case CallEnd.Failed(DeadlineExceededException late) ->
          again(new DeadlineExceededException(tries + late.getMessage()), late);
      default -> end;
    };
  }

  private static CallEnd again(ParallelException told, ParallelException original) {
    Throwable cause = original.getCause();
    if (cause != null) {
      told.initCause(cause);
    }
    return new CallEnd.Failed(told);
  }

  private boolean isOneOf(Throwable failure) {
    return types.stream().anyMatch(type -> type.isInstance(failure));
  }

  private static Throwable failureOf(Call call, CallEnd end) {
    try {
      Object _ = call.value(end);
      throw new IllegalStateException("a failure has a value");
    } catch (Throwable failure) {
      return failure;
    }
  }
}
