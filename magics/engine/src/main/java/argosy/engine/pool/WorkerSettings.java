package argosy.engine.pool;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How workers are started.
///
/// @param count how many; 0 stops them until they are needed again
/// @param backend `processes`, `threads` or `sequential`
/// @param heap the maximal heap of each as the JVM writes it (`2g`), or null for the JVM's choice
/// @param jvmOptions further options of each worker's JVM
public record WorkerSettings(
    int count, String backend, @Nullable String heap, List<String> jvmOptions) {

  /// Checks and copies.
  ///
  /// @throws IllegalArgumentException if the count is negative
  public WorkerSettings {
    if (count < 0) {
      throw new IllegalArgumentException("the number of workers is " + count + ", less than 0");
    }
    Objects.requireNonNull(backend, "backend is null");
    jvmOptions = List.copyOf(jvmOptions);
  }

  /// {@return the same with another number of workers}
  public WorkerSettings withCount(int count) {
    return new WorkerSettings(count, backend, heap, jvmOptions);
  }
}
