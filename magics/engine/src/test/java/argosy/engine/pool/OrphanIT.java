package argosy.engine.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import argosy.Parallel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing outlives the process that owns the workers, however it ends.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OrphanIT {

  @TempDir private Path temporary;
  private final List<Process> owners = new ArrayList<>();

  @AfterEach
  void noOwnerIsLeft() {
    owners.forEach(Process::destroyForcibly);
  }

  /// Starts two workers, whose tasks start processes of their own, prints all pids, and waits.
  public static final class Owner {

    private Owner() {}

    /// Prints one line: its own pid, then those of its workers and of their children.
    public static void main(String[] args) throws Exception {
      List<Long> pids = new ArrayList<>();
      pids.add(Parallel.submit(() -> new ProcessBuilder("sleep", "600").start().pid()).get());
      pids.add(Parallel.submit(OrphanIT::startOneThatGetsAway).get());
      Parallel.over(List.of(1, 2)).workers(2).forEach(x -> Thread.sleep(50));
      ProcessHandle.current().descendants().map(ProcessHandle::pid).forEach(pids::add);
      System.out.println(String.join(" ", pids.stream().distinct().map(String::valueOf).toList()));
      System.out.flush();
      switch (args[0]) {
        case "exit" -> System.exit(0);
        case "busy" -> Parallel.map(List.of(1, 2, 3), _ -> OrphanIT.sleep());
        case "stopped" -> Parallel.map(List.of(1, 2, 3), _ -> OrphanIT.stopMyself());
        default -> Thread.sleep(600_000);
      }
    }
  }

  /// A process in a session of its own, whose parent is no more: no process tree leads to it.
  static long startOneThatGetsAway() throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "setsid sleep 600 >&- 2>&- & echo $!").start();
    return Long.parseLong(new String(shell.getInputStream().readAllBytes(), UTF_8).strip());
  }

  static int sleep() throws InterruptedException {
    Thread.sleep(600_000);
    return 1;
  }

  static int stopMyself() throws IOException, InterruptedException {
    String me = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-STOP", me).start().waitFor();
    return sleep();
  }

  /// In a session of its own, as Jupyter starts a kernel: its group can be killed.
  private Process owner(String mode) throws IOException {
    Process owner =
        new ProcessBuilder(
                "setsid",
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
    owners.add(owner);
    return owner;
  }

  /// {@return those of the processes that it names which still live: a shell that one of them has
  /// started may be among the names}
  private static List<ProcessHandle> printed(Process owner) throws Exception {
    BufferedReader out = new BufferedReader(new InputStreamReader(owner.getInputStream(), UTF_8));
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            line.complete(out.readLine());
          } catch (IOException e) {
            line.completeExceptionally(e);
          }
        });
    return Stream.of(line.get(60, TimeUnit.SECONDS).split(" ", -1))
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .toList();
  }

  private void assertNothingIsLeft(List<ProcessHandle> processes) throws Exception {
    // The owner's guard, two workers, and two processes of their tasks.
    assertThat(processes).hasSizeGreaterThanOrEqualTo(5);
    for (ProcessHandle process : processes) {
      CompletableFuture<ProcessHandle> end = process.onExit();
      assertThat(end.get(20, TimeUnit.SECONDS).isAlive()).isFalse();
    }
    assertThat(Footprint.await(this::isTemporaryEmpty)).isTrue();
  }

  private boolean isTemporaryEmpty() {
    try (Stream<Path> left = Files.list(temporary)) {
      return left.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitStopped(List<ProcessHandle> processes) {
    assertThat(
            Footprint.await(
                () -> processes.stream().filter(p -> ProcessTable.isStopped(p.pid())).count() >= 2))
        .as("two stopped workers")
        .isTrue();
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

  @Test
  void stoppedWorkersDieWithAnOwnerThatIsKilled() throws Exception {
    Process owner = owner("stopped");
    List<ProcessHandle> processes = printed(owner);
    awaitStopped(processes);

    owner.destroyForcibly();

    assertNothingIsLeft(processes);
  }

  @Test
  void nothingSurvivesTheEndOfTheWholeProcessGroup() throws Exception {
    Process owner = owner("busy");
    List<ProcessHandle> processes = printed(owner);

    assertThat(new ProcessBuilder("kill", "-KILL", "--", "-" + owner.pid()).start().waitFor())
        .isZero();

    assertNothingIsLeft(processes);
  }

  @Test
  void signalsThatJupyterSendsToTheGroupLeaveTheGuardAtItsPost() throws Exception {
    Process owner = owner("idle");
    List<ProcessHandle> processes = printed(owner);
    for (String signal : List.of("-INT", "-HUP")) {
      // The JVM of the owner would end with them: only the others get them.
      for (ProcessHandle process : processes) {
        if (process.info().command().orElse("").matches(".*/(da)?sh")) {
          new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
          assertThat(process.isAlive()).isTrue();
        }
      }
    }

    owner.destroyForcibly();

    assertNothingIsLeft(processes);
  }
}
