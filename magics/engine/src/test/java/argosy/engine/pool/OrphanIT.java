package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Parallel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing outlives the process that owns the workers.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OrphanIT {

  @TempDir private Path temporary;

  /// Starts two workers, one with a child process of its own, prints all pids, and waits.
  public static final class Owner {

    private Owner() {}

    /// Prints one line: its own pid, then those of workers and of their child.
    public static void main(String[] args) throws Exception {
      List<Long> pids = new ArrayList<>();
      pids.add(Parallel.submit(() -> new ProcessBuilder("sleep", "600").start().pid()).get());
      Parallel.over(List.of(1, 2)).workers(2).forEach(x -> Thread.sleep(50));
      ProcessHandle.current().descendants().map(ProcessHandle::pid).forEach(pids::add);
      System.out.println(String.join(" ", pids.stream().distinct().map(String::valueOf).toList()));
      System.out.flush();
      if (args[0].equals("busy")) {
        Parallel.map(
            List.of(1, 2, 3),
            x -> {
              Thread.sleep(600_000);
              return x;
            });
      }
      if (!args[0].equals("exit")) {
        Thread.sleep(600_000);
      }
    }
  }

  private Process owner(String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            mode)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<ProcessHandle> printed(Process owner) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8));
    List<ProcessHandle> processes = new ArrayList<>();
    for (String pid : out.readLine().split(" ", -1)) {
      processes.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }
    return processes;
  }

  private void assertNothingIsLeft(List<ProcessHandle> processes) throws Exception {
    assertThat(processes).hasSizeGreaterThanOrEqualTo(3);
    for (ProcessHandle process : processes) {
      CompletableFuture<ProcessHandle> end = process.onExit();
      assertThat(end.get(20, TimeUnit.SECONDS).isAlive()).isFalse();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void workersAndTheirChildrenDieWithAnIdleOwnerThatIsKilled() throws Exception {
    Process owner = owner("idle");
    List<ProcessHandle> processes = printed(owner);

    owner.destroyForcibly();

    assertNothingIsLeft(processes);
  }

  @Test
  void busyWorkersDieWithAnOwnerThatIsKilled() throws Exception {
    Process owner = owner("busy");
    List<ProcessHandle> processes = printed(owner);

    owner.destroyForcibly();

    assertNothingIsLeft(processes);
  }

  @Test
  void nothingIsLeftWhenAnOwnerEndsWithoutClosingAnything() throws Exception {
    Process owner = owner("exit");
    List<ProcessHandle> processes = printed(owner);

    assertThat(owner.waitFor()).isZero();

    assertNothingIsLeft(processes);
  }
}
