package argosy;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A function of two inputs that may throw anything.
///
/// @param <A> the first input
/// @param <B> the second input
/// @param <R> the result
@FunctionalInterface
public interface BiFn<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends BiFunction<A, B, R> {

  /// Applies the function.
  ///
  /// @throws Exception whatever goes wrong
  R call(A first, B second) throws Exception;

  /// Applies the function, and throws what it throws, checked or not.
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // so that lambdas may throw
  default R apply(A first, B second) {
    try {
      return call(first, second);
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    }
  }
}
