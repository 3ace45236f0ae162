package argosy.wire;

import org.jspecify.annotations.Nullable;

/// What a worker calls: every function that the API takes is adapted to this one shape.
///
/// @param <A> the input
/// @param <R> the result
@FunctionalInterface
public interface TaskFunction<A extends @Nullable Object, R extends @Nullable Object> {

  /// Runs the task's body.
  ///
  /// @throws Exception whatever the user's code throws
  R apply(A input) throws Exception;
}
