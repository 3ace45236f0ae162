package argosy.engine.threads;

import java.util.List;

/// Who uses how many threads.
///
/// @param kernel this process
/// @param workers the processes that are workers, in the order of their numbers
/// @param planned what a worker would have that is started now
public record ThreadReport(ThreadUse kernel, List<ThreadUse> workers, ThreadUse planned) {

  /// Copies.
  public ThreadReport {
    workers = List.copyOf(workers);
  }
}
