package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class KernelProcessIT {

  @TempDir Path directory;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void noProcessIsLeft() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Process start(@Nullable Process parent, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(EchoKernel.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JPY_PARENT_PID");
    if (parent != null) {
      builder.environment().put("JPY_PARENT_PID", Long.toString(parent.pid()));
    }
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Path connectionFile() {
    return TestKernel.connectionFile(directory, TestKernel.KEY, "");
  }

  private static String complaint(Process process) throws IOException, InterruptedException {
    String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(complaint.strip().lines()).as("one sentence").hasSize(1);
    return complaint;
  }

  @Test
  void endsOnAShutdownWhileACellRuns() throws IOException, InterruptedException {
    Path file = connectionFile();
    Process kernel = start(null, file.toString());
    try (TestClient client = new TestClient(file)) {
      client.execute("deaf").isBusy();
      client.control("shutdown_request", "{}").replies("ok");
      assertThat(kernel.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(kernel.exitValue()).isZero();
    }
  }

  @Test
  void logsNothingOfOrdinaryMessages() throws IOException, InterruptedException {
    Path file = connectionFile();
    Process kernel = start(null, file.toString());
    try (TestClient client = new TestClient(file)) {
      client.execute("echo first").replies("ok");
      client.shell("no_such_request", "{}").replies("error");
      client.control("shutdown_request", "{}").replies("ok");
      assertThat(kernel.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(kernel.getErrorStream().readAllBytes()).asString().isEmpty();
      assertThat(kernel.getInputStream().readAllBytes()).asString().isEmpty();
    }
  }

  @Test
  void endsWithACellsThreadStillRunning() throws IOException, InterruptedException {
    Path file = connectionFile();
    Process kernel = start(null, file.toString());
    try (TestClient client = new TestClient(file)) {
      client.execute("late never").replies("ok");
      client.control("shutdown_request", "{}").replies("ok");
      assertThat(kernel.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endsWithTheProcessThatStartedIt() throws IOException, InterruptedException {
    Path file = connectionFile();
    Process parent = start(null, connectionFile().toString());
    Process kernel = start(parent, file.toString());
    try (TestClient client = new TestClient(file)) {
      client.execute("deaf").isBusy();
      parent.destroyForcibly();
      assertThat(kernel.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void saysInASentenceWhyItCannotStart() throws IOException, InterruptedException {
    assertThat(complaint(start(null))).contains("one argument: the path of a connection file");
    assertThat(complaint(start(null, "/no/such/file.json"))).contains("/no/such/file.json");
    Path file = connectionFile();
    start(null, file.toString());
    try (TestClient client = new TestClient(file)) {
      client.execute("echo first").replies("ok");
      assertThat(complaint(start(null, file.toString()))).contains("Cannot listen on tcp://");
    }
  }
}
