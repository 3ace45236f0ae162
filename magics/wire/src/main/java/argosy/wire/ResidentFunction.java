package argosy.wire;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function that works with what lives on its worker, so that its classes stay there too.
public sealed interface ResidentFunction<R extends @Nullable Object>
    extends TaskFunction<@Nullable Object, R>
    permits CellBodies,
        ResidentFunction.Make,
        ResidentFunction.Give,
        ResidentFunction.Call,
        ResidentFunction.Act,
        ResidentFunction.Drop {

  /// Makes an object that stays.
  record Make(long id, Callable<?> written) implements ResidentFunction<@Nullable Object> {
    @Override
    public @Nullable Object apply(@Nullable Object input) throws Exception {
      try {
        ResidentObjects.put(id, written.call());
      } catch (Exception | LinkageError | StackOverflowError e) {
        ResidentObjects.fail(id, e);
        throw e;
      }
      return null;
    }
  }

  /// Brings an object that stays.
  record Give(long id, Object value) implements ResidentFunction<@Nullable Object> {
    @Override
    public @Nullable Object apply(@Nullable Object input) {
      ResidentObjects.put(id, value);
      return null;
    }
  }

  /// Calls a function with an object that stays.
  record Call<A extends @Nullable Object, R extends @Nullable Object>(
      long id, Function<? super A, ? extends R> written) implements ResidentFunction<R> {
    @Override
    public R apply(@Nullable Object input) {
      return ResidentObjects.<A, R>use(id, written);
    }
  }

  /// Does something with an object that stays, without a result.
  record Act<A extends @Nullable Object>(long id, Consumer<? super A> written)
      implements ResidentFunction<@Nullable Object> {
    @Override
    public @Nullable Object apply(@Nullable Object input) {
      return ResidentObjects.<A, @Nullable Object>use(
          id,
          object -> {
            written.accept(object);
            return null;
          });
    }
  }

  /// Lets go of an object.
  record Drop(long id) implements ResidentFunction<@Nullable Object> {
    @Override
    public @Nullable Object apply(@Nullable Object input) {
      ResidentObjects.remove(id);
      return null;
    }
  }
}
