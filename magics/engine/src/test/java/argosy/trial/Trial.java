package argosy.trial;

import argosy.wire.TaskFunction;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Functions of the JDK in the shape that a worker calls. In a package that cells could use: what
/// is the engine's own never ships.
public final class Trial {

  private Trial() {}

  /// A `Function` as a task.
  public record Applied(Function<@Nullable Object, @Nullable Object> written)
      implements TaskFunction<@Nullable Object, @Nullable Object> {
    @Override
    public @Nullable Object apply(@Nullable Object input) {
      return written.apply(input);
    }
  }

  /// A `Callable` as a task.
  public record Called(Callable<?> written)
      implements TaskFunction<@Nullable Object, @Nullable Object> {
    @Override
    public @Nullable Object apply(@Nullable Object input) throws Exception {
      return written.call();
    }
  }

  /// An object with large values.
  @SuppressWarnings("ArrayRecordComponent") // what a user's record may have
  public record Node(String name, double[] data, @Nullable Object next) {}

  /// A `Supplier` as a task.
  public record Supplied(Supplier<?> written)
      implements TaskFunction<@Nullable Object, @Nullable Object> {
    @Override
    public @Nullable Object apply(@Nullable Object input) {
      return written.get();
    }
  }
}
