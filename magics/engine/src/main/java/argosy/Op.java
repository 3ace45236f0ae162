package argosy;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// An associative operation that may throw anything, such as the one of a reduction.
///
/// @param <A> both operands and the result
@FunctionalInterface
public interface Op<A extends @Nullable Object> extends BinaryOperator<A> {

  /// Applies the operation.
  ///
  /// @throws Exception whatever goes wrong
  A call(A left, A right) throws Exception;

  /// Applies the operation, and throws what it throws, checked or not.
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // so that lambdas may throw
  default A apply(A left, A right) {
    try {
      return call(left, right);
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    }
  }
}
