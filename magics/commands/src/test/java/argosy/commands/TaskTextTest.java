package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Fn;
import argosy.Task;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskTextTest {

  private final FakeKernel kernel = new FakeKernel();
  private final FakeTask task = new FakeTask();

  @BeforeEach
  void start() {
    CommandsExtension.register(kernel, new FakeWorkers());
  }

  private @Nullable Object shown() {
    return kernel.rendered(Task.class, task).get("text/plain");
  }

  @Test
  void saysHowTheTaskStands() {
    assertThat(shown()).isEqualTo("Task (not done yet; get() waits for it)");
    task.complete("42");
    assertThat(shown()).isEqualTo("Task (done): 42");
  }

  @Test
  void showsTheValueAsACellDoes() {
    task.complete(new int[] {1, 2});
    assertThat(shown()).isEqualTo("Task (done): int[2] {1, 2}");
  }

  @Test
  void saysWhyItFailed() {
    task.completeExceptionally(new IOException("disk"));
    assertThat(shown()).isEqualTo("Task (failed): java.io.IOException: disk");
  }

  @Test
  void saysThatItWasCancelled() {
    task.cancel(true);
    assertThat(shown()).isEqualTo("Task (cancelled)");
  }

  @Test
  void aValueWhoseToStringThrowsHarmsNothing() {
    task.complete(
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException();
          }
        });
    assertThat(shown())
        .asString()
        .startsWith("Task (done): ")
        .contains("toString", "java.lang.IllegalStateException");
  }

  @Test
  void aLongValueIsCut() {
    task.complete("x".repeat(100_000));
    assertThat(shown()).asString().hasSizeLessThan(11_000).endsWith("x…");
  }

  private static final class FakeTask extends CompletableFuture<Object> implements Task<Object> {

    @Override
    public <R extends @Nullable Object> Task<R> then(Fn<? super Object, ? extends R> f) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R extends @Nullable Object> Task<R> then(Function<? super Object, ? extends R> f) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Task<Object> recover(Fn<? super Throwable, ?> f) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Task<Object> recover(Function<? super Throwable, ?> f) {
      throw new UnsupportedOperationException();
    }
  }
}
