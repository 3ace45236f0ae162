package argosy.engine;

import argosy.engine.backend.Batch;
import argosy.wire.AdaptedFunction.Accepted;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.AdaptedFunction.Called;
import argosy.wire.AdaptedFunction.Combined;
import argosy.wire.AdaptedFunction.Paired;
import argosy.wire.AdaptedFunction.Ran;
import argosy.wire.AdaptedFunction.Supplied;
import argosy.wire.JvmAccess;
import argosy.wire.TaskFunction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The user's function inside what the JDK hands to an executor.
/*
 * `CompletableFuture.supplyAsync(f, executor)` passes a runnable that holds `f` and the future to
 * complete; so do all its `…Async` methods, and so does a `FutureTask`. The runnable itself must stay
 * here, because the future is here. So its function is captured and replaced by one that calls the
 * captured function on a worker, and the runnable then runs on a virtual thread of this process.
 */
final class BorrowedFunction {

  private final EngineExecutor executor;
  private final Batch batch;

  private BorrowedFunction(EngineExecutor executor, TaskFunction<?, ?> function) {
    this.executor = executor;
    this.batch = executor.engine().open(function, executor.options());
  }

  /// Replaces the function in `command`, if it is something that holds one.
  ///
  /// @return what to run here, or null if `command` is a plain runnable
  /// @throws argosy.NotShippableException if something that the function captures cannot leave
  static @Nullable Runnable replaceIn(Runnable command, EngineExecutor executor) {
    String field =
        command instanceof AsynchronousCompletionTask
            ? "fn"
            : command instanceof FutureTask ? "callable" : null;
    if (field == null) {
      return null;
    }
    try {
      VarHandle holder = find(command.getClass(), field);
      Object function = holder.get(command);
      // A stage that composes makes another stage: that happens here.
      if (function != null && !command.getClass().getSimpleName().contains("Compose")) {
        holder.set(command, replacement(function, executor));
      }
      return command;
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new RejectedExecutionException(
          "%s does not show its function; start Java with %s"
              .formatted(command.getClass().getName(), String.join(" ", JvmAccess.options())),
          e);
    }
  }

  private static VarHandle find(Class<?> type, String name) throws ReflectiveOperationException {
    Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    trusted.setAccessible(true);
    MethodHandles.Lookup lookup = (MethodHandles.Lookup) trusted.get(null);
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Field field : owner.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return lookup.unreflectVarHandle(field);
        }
      }
    }
    throw new NoSuchFieldException(type.getName() + "." + name);
  }

  @SuppressWarnings("unchecked") // the JDK passes what the function takes
  private static Object replacement(Object function, EngineExecutor executor) {
    return switch (function) {
      case Supplier<?> f -> {
        var borrowed = new BorrowedFunction(executor, new Supplied<>(f));
        yield (Supplier<@Nullable Object>) () -> borrowed.call(null);
      }
      case Callable<?> f -> {
        var borrowed = new BorrowedFunction(executor, new Called<>(f));
        yield (Callable<@Nullable Object>) () -> borrowed.call(null);
      }
      case Runnable f -> {
        var borrowed = new BorrowedFunction(executor, new Ran(f));
        yield (Runnable) () -> borrowed.call(null);
      }
      case Function<?, ?> f -> {
        var borrowed = new BorrowedFunction(executor, new Applied<>((Function<Object, ?>) f));
        yield (Function<Object, @Nullable Object>) borrowed::call;
      }
      case Consumer<?> f -> {
        var borrowed = new BorrowedFunction(executor, new Accepted<>((Consumer<Object>) f));
        yield (Consumer<Object>) borrowed::call;
      }
      case BiFunction<?, ?, ?> f -> {
        var borrowed =
            new BorrowedFunction(executor, new Combined<>((BiFunction<Object, Object, ?>) f));
        yield (BiFunction<Object, Object, @Nullable Object>)
            (a, b) -> borrowed.call(Arrays.asList(a, b));
      }
      case BiConsumer<?, ?> f -> {
        var borrowed = new BorrowedFunction(executor, new Paired((BiConsumer<Object, Object>) f));
        yield (BiConsumer<Object, Object>) (a, b) -> borrowed.call(Arrays.asList(a, b));
      }
      default -> function;
    };
  }

  /// Calls the captured function on a worker and waits for its result.
  private @Nullable Object call(@Nullable Object input) {
    EngineTask<@Nullable Object> task = executor.engine().unstarted(executor.options());
    task.start(batch, input);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw BorrowedFunction.<RuntimeException>unchecked(e.getCause());
    } catch (InterruptedException e) {
      boolean _ = task.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a task, which is cancelled");
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is what it is for
  private static <E extends Throwable> E unchecked(@Nullable Throwable failure) throws E {
    throw (E) Objects.requireNonNull(failure, "an ExecutionException has a cause");
  }
}
