package argosy.wire;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The user's function in the one shape that a worker calls. Each is a plain value that ships like
/// any other.
public sealed interface AdaptedFunction<A extends @Nullable Object, R extends @Nullable Object>
    extends TaskFunction<A, R> {

  /// {@return the function that the user wrote, which tells what kind of task this is}
  Object written();

  /// One result for each input.
  record Applied<A extends @Nullable Object, R extends @Nullable Object>(
      Function<? super A, ? extends R> written) implements AdaptedFunction<A, R> {
    public Applied {
      requireFunction(written);
    }

    @Override
    public R apply(A input) {
      return written.apply(input);
    }
  }

  /// A result from nothing but what was captured.
  record Called<R extends @Nullable Object>(Callable<? extends R> written)
      implements AdaptedFunction<@Nullable Object, R> {
    public Called {
      requireFunction(written);
    }

    @Override
    public R apply(@Nullable Object input) throws Exception {
      return written.call();
    }
  }

  /// A result from nothing but what was captured, from a function of another type.
  record Supplied<R extends @Nullable Object>(Supplier<? extends R> written)
      implements AdaptedFunction<@Nullable Object, R> {
    public Supplied {
      requireFunction(written);
    }

    @Override
    public R apply(@Nullable Object input) {
      return written.get();
    }
  }

  /// No result at all.
  record Ran(Runnable written) implements AdaptedFunction<@Nullable Object, @Nullable Object> {
    public Ran {
      requireFunction(written);
    }

    @Override
    public @Nullable Object apply(@Nullable Object input) {
      written.run();
      return null;
    }
  }

  /// No result for each input.
  record Accepted<A extends @Nullable Object>(Consumer<? super A> written)
      implements AdaptedFunction<A, @Nullable Object> {
    public Accepted {
      requireFunction(written);
    }

    @Override
    public @Nullable Object apply(A input) {
      written.accept(input);
      return null;
    }
  }

  /// One result from the two elements of a list.
  record Combined<R extends @Nullable Object>(BiFunction<Object, Object, ? extends R> written)
      implements AdaptedFunction<List<Object>, R> {
    public Combined {
      requireFunction(written);
    }

    @Override
    public R apply(List<Object> input) {
      return written.apply(input.get(0), input.get(1));
    }
  }

  /// No result from the two elements of a list.
  record Paired(BiConsumer<Object, Object> written)
      implements AdaptedFunction<List<Object>, @Nullable Object> {
    public Paired {
      requireFunction(written);
    }

    @Override
    public @Nullable Object apply(List<Object> input) {
      written.accept(input.get(0), input.get(1));
      return null;
    }
  }

  /// Some neighboring inputs, at least one, reduced to one value.
  record Folded<A extends @Nullable Object>(BinaryOperator<A> written)
      implements AdaptedFunction<List<A>, A> {
    public Folded {
      requireFunction(written);
    }

    @Override
    public A apply(List<A> input) {
      A result = input.get(0);
      for (A element : input.subList(1, input.size())) {
        result = written.apply(result, element);
      }
      return result;
    }
  }

  /// Some neighboring inputs put into one container.
  record Collected<A extends @Nullable Object, C extends @Nullable Object>(
      Supplier<C> container, BiConsumer<C, ? super A> written)
      implements AdaptedFunction<List<A>, C> {
    public Collected {
      requireFunction(written);
    }

    @Override
    public C apply(List<A> input) {
      C result = container.get();
      for (A element : input) {
        written.accept(result, element);
      }
      return result;
    }
  }

  private static void requireFunction(Object written) {
    Objects.requireNonNull(written, "the function is null");
  }
}
