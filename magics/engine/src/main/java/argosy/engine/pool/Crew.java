package argosy.engine.pool;

import java.util.List;
import java.util.function.Predicate;

/// The workers of one backend, as `%workers` and `%tasks` see them. Safe from any thread.
public interface Crew extends AutoCloseable {

  /// {@return the settings in force}
  WorkerSettings settings();

  /// Starts, resizes or stops the workers, and waits until they have answered, or left.
  void configure(WorkerSettings settings);

  /// {@return one line per living worker}
  List<WorkerStatus> status();

  /// {@return the calls that have not ended}
  List<TaskStatus> tasks();

  /// {@return what the threads of some workers are doing; asks them, for some seconds at the most}
  List<WorkerThreads> threads(Predicate<Integer> which);

  /// Drops a call. Its listener hears nothing.
  ///
  /// @param interrupts whether it is ended even if it runs
  /// @return whether it had not ended yet
  boolean cancel(long task, boolean interrupts);

  /// Ends all workers; what has not ended fails. Idempotent.
  @Override
  void close();

  /// {@return no workers at all}
  ///
  /// @param settings which are kept, until others are, for whoever asks
  static Crew nobody(WorkerSettings settings) {
    return new Nobody(settings);
  }

  /// Where calls run without workers.
  final class Nobody implements Crew {

    private volatile WorkerSettings settings;

    private Nobody(WorkerSettings settings) {
      this.settings = settings;
    }

    @Override
    public WorkerSettings settings() {
      return settings;
    }

    @Override
    public void configure(WorkerSettings next) {
      settings = next.count() == 0 ? next.withCount(settings.count()) : next;
    }

    @Override
    public List<WorkerStatus> status() {
      return List.of();
    }

    @Override
    public List<TaskStatus> tasks() {
      return List.of();
    }

    @Override
    public List<WorkerThreads> threads(Predicate<Integer> which) {
      return List.of();
    }

    @Override
    public boolean cancel(long task, boolean interrupts) {
      return false;
    }

    @Override
    public void close() {}
  }
}
