package argosy;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Something done with an input, without a result, that may throw anything.
///
/// @param <A> the input
@FunctionalInterface
public interface Effect<A extends @Nullable Object> extends Consumer<A> {

  /// Does it.
  ///
  /// @throws Exception whatever goes wrong
  void call(A input) throws Exception;

  /// Does it, and throws what it throws, checked or not.
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // so that lambdas may throw
  default void accept(A input) {
    try {
      call(input);
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    }
  }
}
