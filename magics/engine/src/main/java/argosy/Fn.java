package argosy;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function that may throw anything; what it throws is what the caller of the task gets.
///
/// @param <A> the input
/// @param <R> the result
@FunctionalInterface
public interface Fn<A extends @Nullable Object, R extends @Nullable Object> extends Function<A, R> {

  /// Applies the function.
  ///
  /// @throws Exception whatever goes wrong
  R call(A input) throws Exception;

  /// Applies the function, and throws what it throws, checked or not.
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // so that lambdas may throw
  default R apply(A input) {
    try {
      return call(input);
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    }
  }
}
