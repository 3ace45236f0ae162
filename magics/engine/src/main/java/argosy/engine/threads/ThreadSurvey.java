package argosy.engine.threads;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks which process uses how many threads. Confined to one call.
public final class ThreadSurvey {

  /// For how long what a process uses is measured: the system counts in hundredths of a second.
  private static final Duration MOMENT = Duration.ofMillis(250);

  private final ProcessFiles files;
  private final Duration moment;

  /// Looks at the processes of this machine.
  public ThreadSurvey() {
    this(Path.of("/proc"), MOMENT);
  }

  /// @param folder has a folder for each process
  /// @param moment for how long what a process uses is measured
  ThreadSurvey(Path folder, Duration moment) {
    this.files = new ProcessFiles(folder);
    this.moment = moment;
  }

  /// {@return who uses how many threads, in this moment: blocks for a quarter of a second}
  ///
  /// @param planned what a worker would have that is started now
  public ThreadReport report(List<WorkerJvm> workers, ThreadUse planned)
      throws InterruptedException {
    List<Look> looks = new ArrayList<>();
    looks.add(look(0, ProcessHandle.current().pid(), JvmThreads.own()));
    for (WorkerJvm worker : workers) {
      JvmThreads jvm = worker.options().isEmpty() ? null : JvmThreads.of(worker.options());
      looks.add(look(worker.worker(), worker.pid(), jvm));
    }
    Thread.sleep(moment);
    List<ThreadUse> uses = looks.stream().map(this::use).toList();
    return new ThreadReport(uses.getFirst(), uses.subList(1, uses.size()), planned);
  }

  private Look look(int worker, long pid, @Nullable JvmThreads jvm) {
    return new Look(worker, pid, jvm, files.times(pid), System.nanoTime());
  }

  private ThreadUse use(Look look) {
    Map<String, Long> times = files.times(look.pid);
    long nanos = System.nanoTime() - look.at;
    CpuUse cpu = look.times == null || times == null ? null : cpu(look.times, times, nanos / 1e7);
    return new ThreadUse(look.worker, look.pid, look.jvm, files.natives(look.pid), cpu);
  }

  /// @param passed between the two, in hundredths of a second
  static CpuUse cpu(Map<String, Long> before, Map<String, Long> after, double passed) {
    int busy = 0;
    long all = 0;
    for (var entry : after.entrySet()) {
      long its = entry.getValue() - before.getOrDefault(entry.getKey(), 0L);
      all += its;
      if (its >= passed / 2) {
        busy++;
      }
    }
    return new CpuUse(after.size(), busy, (int) Math.round(100 * all / Math.max(1, passed)));
  }

  /// The first of two.
  private record Look(
      int worker, long pid, @Nullable JvmThreads jvm, @Nullable Map<String, Long> times, long at) {}
}
