package argosy.engine.threads;

import java.util.List;

/// A worker's process.
///
/// @param worker its number
/// @param pid its process, or -1 if it has none yet
/// @param options with which its JVM was started; none if it has not answered yet
public record WorkerJvm(int worker, long pid, List<String> options) {

  /// Copies.
  public WorkerJvm {
    options = List.copyOf(options);
  }
}
