package argosy.engine.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How workers are started, and when they are ended.
///
/// @param count how many; 0 stops them until they are needed again
/// @param backend `processes`, `threads` or `sequential`
/// @param heap the maximal heap of each as the JVM writes it (`2g`), or null for the JVM's choice
/// @param jvmOptions further options of each worker's JVM
/// @param memoryBytes how much memory the process of each may occupy, or 0 for no limit: a task
///   that takes more is ended, and a worker that keeps nearly as much is replaced between two tasks
/// @param idle after how long without a task they are stopped until they are needed again; zero for
///   never
public record WorkerSettings(
    int count,
    String backend,
    @Nullable String heap,
    List<String> jvmOptions,
    long memoryBytes,
    Duration idle) {

  /// Checks and copies.
  ///
  /// @throws IllegalArgumentException if a number is negative
  public WorkerSettings {
    if (count < 0) {
      throw new IllegalArgumentException("the number of workers is " + count + ", less than 0");
    }
    if (memoryBytes < 0 || idle.isNegative()) {
      throw new IllegalArgumentException(
          "negative limits: memory %d bytes, idle %s".formatted(memoryBytes, idle));
    }
    Objects.requireNonNull(backend, "backend is null");
    jvmOptions = List.copyOf(jvmOptions);
  }

  /// Settings without limits.
  public WorkerSettings(int count, String backend, @Nullable String heap, List<String> jvmOptions) {
    this(count, backend, heap, jvmOptions, 0, Duration.ZERO);
  }

  /// {@return the same with another number of workers}
  public WorkerSettings withCount(int count) {
    return new WorkerSettings(count, backend, heap, jvmOptions, memoryBytes, idle);
  }

  /// {@return the same with these limits}
  public WorkerSettings withLimits(long memoryBytes, Duration idle) {
    return new WorkerSettings(count, backend, heap, jvmOptions, memoryBytes, idle);
  }
}
