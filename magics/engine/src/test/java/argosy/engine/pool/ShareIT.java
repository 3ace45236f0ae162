package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Actor;
import argosy.Parallel;
import argosy.engine.FreshEngine;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import argosy.engine.threads.JvmThreads;
import argosy.engine.threads.OpenBlas;
import argosy.engine.threads.ThreadUse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Which part of the machine's processors each worker has when their number has changed.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ShareIT {

  @RegisterExtension private final FreshEngine fresh = new FreshEngine(new RecordingHost());

  private final LocalEngine engine = fresh.engine();

  private void use(int count) {
    engine.configure(new WorkerSettings(count, "processes", "64m", List.of()));
  }

  private static int share(int count) {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / count);
  }

  private List<Integer> processors() throws InterruptedException {
    return engine.threadReport().workers().stream()
        .map(ThreadUse::jvm)
        .map(jvm -> Objects.requireNonNull(jvm, "the worker has not answered"))
        .map(JvmThreads::processors)
        .toList();
  }

  private List<Long> pids() {
    return engine.status().stream().map(WorkerStatus::pid).toList();
  }

  @Test
  void workersThatHaveNothingToLoseGetTheirNewShare() throws Exception {
    use(1);
    assertThat(processors()).containsExactly(share(1));

    use(2);

    assertThat(Footprint.await(() -> engine.status().size() == 2)).isTrue();
    assertThat(processors()).containsExactly(share(2), share(2));
    List<Integer> seen =
        Parallel.over(List.of(1, 2, 3, 4))
            .batch(1)
            .map(_ -> Runtime.getRuntime().availableProcessors());
    assertThat(seen).containsOnly(share(2));

    use(1);
    assertThat(Footprint.await(() -> engine.status().size() == 1)).isTrue();
    assertThat(processors()).containsExactly(share(1));
    assertThat(engine.deaths()).isEmpty();
  }

  @Test
  void aWorkerWithAnActorStaysAsItIsAndIsShownSo() throws Exception {
    use(1);
    try (Actor<AtomicInteger> counter = Parallel.actor(() -> new AtomicInteger())) {
      long home = counter.call(_ -> ProcessHandle.current().pid()).get();

      use(2);

      assertThat(pids()).hasSize(2).contains(home);
      assertThat(processors()).containsExactly(share(1), share(2));
      assertThat(counter.call(c -> c.get()).get()).isZero();
    }
  }

  @Test
  void workersWhoseShareIsTheSameStay() {
    int many = Runtime.getRuntime().availableProcessors() + 1;
    use(many);
    List<Long> before = pids();

    use(many + 1);

    assertThat(pids()).hasSize(many + 1).containsAll(before);
  }

  @Test
  void aTaskLimitsTheLibrariesOfItsWorkerForAWhile(@TempDir Path folder) throws Exception {
    OpenBlas.copyTo(folder);
    String where = folder.toString();
    use(1);

    assertThat(Parallel.submit(() -> threadsAroundALimit(where)).get()).containsExactly(4, 1, 4);
  }

  static List<Integer> threadsAroundALimit(String folder) throws Exception {
    OpenBlas library = OpenBlas.loadFrom(Path.of(folder));
    library.use(4);
    return List.of(
        library.threads(), Parallel.limitThreads(1, () -> library.threads()), library.threads());
  }
}
