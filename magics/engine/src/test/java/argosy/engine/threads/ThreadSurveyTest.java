package argosy.engine.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadSurveyTest {

  private static final ThreadUse PLANNED = new ThreadUse(0, -1, new JvmThreads(1, 1), null, null);

  private static final WorkerJvm WORKER = new WorkerJvm(3, 42, List.of(JvmThreads.PROCESSORS + 2));

  @TempDir private Path proc;

  private ThreadReport report(WorkerJvm... workers) throws InterruptedException {
    return new ThreadSurvey(proc, Duration.ZERO).report(List.of(workers), PLANNED);
  }

  private void thread(int thread, String name, int userTime, int systemTime) throws IOException {
    Path folder = Files.createDirectories(proc.resolve("42/task/" + thread));
    Files.writeString(
        folder.resolve("stat"),
        "%d (%s) S 1 2 3 0 -1 4194304 84 0 0 0 %d %d 0 0 20 0 1 0 4419233\n"
            .formatted(thread, name, userTime, systemTime));
  }

  @Test
  void readsTheThreadsTheVariablesAndTheLibrariesOfAProcess() throws Exception {
    thread(42, "java", 10, 5);
    thread(43, "a) b (c", 700, 1);
    Files.writeString(proc.resolve("42/environ"), "PATH=/bin\0OMP_NUM_THREADS=4\0=x\0A=b=c\0");
    Files.writeString(
        proc.resolve("42/maps"),
        """
        55b4f75c7000-55b4f75cb000 r--p 00000000 fe:00 247072                     /usr/bin/java
        7f0000000000-7f0000001000 rw-p 00000000 00:00 0
        7f0000002000-7f0000003000 r-xp 00000000 fe:00 12                         /a b/libgomp.so.1
        7f0000004000-7f0000005000 r-xp 00000000 fe:00 12                         /a b/libgomp.so.1
        """);

    ThreadUse worker = report(WORKER).workers().getFirst();
    assertThat(worker.worker()).isEqualTo(3);
    assertThat(worker.jvm()).isEqualTo(new JvmThreads(2, 1));
    assertThat(worker.natives())
        .isEqualTo(NativeThreads.of(Map.of("OMP_NUM_THREADS", "4"), List.of("/lib/libgomp.so")));
    assertThat(worker.cpu()).isEqualTo(new CpuUse(2, 0, 0));
    assertThat(new ProcessFiles(proc).times(42)).isEqualTo(Map.of("42", 15L, "43", 701L));
  }

  @Test
  void whatComputesForMostOfTheTimeIsBusy() {
    Map<String, Long> before = Map.of("1", 100L, "2", 7L, "ended", 50L);
    Map<String, Long> after = Map.of("1", 125L, "2", 10L, "new", 13L);
    assertThat(ThreadSurvey.cpu(before, after, 25)).isEqualTo(new CpuUse(3, 2, 164));
  }

  @Test
  void whatTheSystemDoesNotTellIsUnknown() throws Exception {
    ThreadReport report = report(WORKER, new WorkerJvm(4, -1, List.of()));
    assertThat(report.kernel().pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(report.kernel()).matches(each -> each.cpu() == null && each.natives() == null);
    assertThat(report.workers())
        .containsExactly(
            new ThreadUse(3, 42, new JvmThreads(2, 1), null, null),
            new ThreadUse(4, -1, null, null, null));
    assertThat(report.planned()).isEqualTo(PLANNED);
  }

  @Test
  void whileANativeLibraryComputesItsCallerWaits() {
    NativeThreads natives = NativeThreads.of(Map.of("MKL_NUM_THREADS", "3"), List.of());
    ThreadUse use = new ThreadUse(1, 42, new JvmThreads(2, 1), natives, null);
    assertThat(use.atATime(8)).isEqualTo(3);
    assertThat(new ThreadUse(1, 42, null, null, null).atATime(8)).isEqualTo(1);
  }

  @Test
  void knowsThisProcess() throws Exception {
    ThreadUse own = new ThreadSurvey().report(List.of(), PLANNED).kernel();
    if (Files.exists(Path.of("/proc/self/task"))) {
      assertThat(Objects.requireNonNull(own.cpu()).threads()).isGreaterThan(1);
      assertThat(own.natives()).isNotNull();
    } else {
      assertThat(own.cpu()).isNull();
    }
  }
}
