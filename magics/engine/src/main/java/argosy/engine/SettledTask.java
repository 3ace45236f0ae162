package argosy.engine;

import argosy.Engine;
import argosy.Parallel;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// What travels in place of a task: its value, or what it threw. At the other end it is a task
/// again, one that has ended.
final class SettledTask implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // what cannot travel is named when it is encoded
  private final @Nullable Object value;

  private final @Nullable Throwable failure;

  SettledTask(@Nullable Object value, @Nullable Throwable failure) {
    this.value = value;
    this.failure = failure;
  }

  @Serial
  @SuppressWarnings("FutureReturnValueIgnored") // the task is the value
  private Object readResolve() {
    if (!(Engine.current() instanceof LocalEngine engine)) {
      throw new IllegalStateException("a task needs the engine that it came from");
    }
    EngineTask<@Nullable Object> task = engine.unstarted(Parallel.options());
    if (failure != null) {
      task.fail(failure);
    } else {
      task.succeed(value);
    }
    return task;
  }
}
