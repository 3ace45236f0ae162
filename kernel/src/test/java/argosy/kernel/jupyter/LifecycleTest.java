package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

class LifecycleTest {

  @TempDir Path directory;

  @Test
  void answersAShutdownThenEnds() throws InterruptedException {
    try (TestKernel kernel = new TestKernel(directory);
        TestClient client = kernel.client()) {
      client.control("shutdown_request", "{restart: true}").replies("ok").with("restart", "true");
      assertThat(kernel.ends()).isTrue();
      assertThat(kernel.language.closed.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(kernel.halted.getCount()).as("it needed no force").isEqualTo(1);
    }
  }

  @Test
  void endsWhileACellRunsThatHearsNoInterrupt() throws InterruptedException {
    try (TestKernel kernel = new TestKernel(directory);
        TestClient client = kernel.client()) {
      client.execute("deaf");
      kernel.language.blocked.acquire();
      client.control("shutdown_request", "{}").replies("ok").with("restart", "false");
      assertThat(kernel.ends()).isTrue();
    }
  }

  @Test
  void haltsTheProcessIfTheLanguageDoesNotEnd() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Path file = TestKernel.connectionFile(directory, TestKernel.KEY, "");
    try (TestKernel kernel = new TestKernel(file, Duration.ofMillis(100));
        TestClient client = kernel.client()) {
      kernel.language.onClose = () -> awaitQuietly(release);
      client.control("shutdown_request", "{}").replies("ok");
      assertThat(kernel.halted.await(60, TimeUnit.SECONDS)).isTrue();
      release.countDown();
      assertThat(kernel.ends()).isTrue();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void putsTheProcessesStreamsBack() {
    PrintStream out = System.out;
    InputStream in = System.in;
    try (TestKernel kernel = new TestKernel(directory);
        TestClient client = kernel.client()) {
      client.execute("print x").prints("x\n");
      assertThat(System.out).isNotSameAs(out).hasToString("System.out");
      assertThat(System.err).hasToString("System.err");
      assertThat(System.in).hasToString("System.in");
    }
    assertThat(System.out).isSameAs(out);
    assertThat(System.in).isSameAs(in);
  }

  @Test
  void saysWhichPortIsInUse() {
    Path file = TestKernel.connectionFile(directory, TestKernel.KEY, "");
    try (ZMQ.Context context = ZMQ.context(1);
        ZMQ.Socket other = context.socket(SocketType.REP)) {
      other.bind(ConnectionFile.read(file).address(Channel.IOPUB));
      JupyterKernel kernel = new JupyterKernel(file, EchoInterpreter::new);
      assertThatThrownBy(kernel::run)
          .isInstanceOf(KernelStartException.class)
          .hasMessageContaining("iopub channel")
          .hasMessageContaining("another process may use the port");
    } catch (KernelStartException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void saysThatTheLanguageDoesNotStart() throws KernelStartException {
    Path file = TestKernel.connectionFile(directory, TestKernel.KEY, "");
    JupyterKernel kernel =
        new JupyterKernel(
            file,
            () -> {
              throw new IllegalStateException("no compiler here");
            });
    assertThatThrownBy(kernel::run)
        .isInstanceOf(KernelStartException.class)
        .hasMessageContaining("no compiler here");
  }

  @Test
  void speaksWithoutSignatures() {
    try (TestKernel kernel = new TestKernel(directory, "", "");
        TestClient client = kernel.client()) {
      client.execute("echo open").replies("ok").shows("open");
    }
  }

  @Test
  void speaksEncrypted() {
    ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
    String fields =
        ", \"curve_publickey\": \"%s\", \"curve_secretkey\": \"%s\""
            .formatted(json(keys.publicKey), json(Objects.requireNonNull(keys.secretKey)));
    try (TestKernel kernel = new TestKernel(directory, TestKernel.KEY, fields);
        TestClient client = kernel.client()) {
      client.execute("echo private").replies("ok").shows("private");
      client.socket(Channel.HEARTBEAT).send("beat");
      assertThat(client.socket(Channel.HEARTBEAT).recvStr()).isEqualTo("beat");
    }
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Test
  void refusesAKeyThatCannotEncrypt() {
    Path file =
        TestKernel.connectionFile(
            directory, TestKernel.KEY, ", \"curve_publickey\": \"x\", \"curve_secretkey\": \"y\"");
    assertThatThrownBy(() -> new JupyterKernel(file, EchoInterpreter::new))
        .isInstanceOf(KernelStartException.class)
        .hasMessageContaining("curve_publickey is no key");
  }

  @Test
  void refusesWhatIsNoConnectionFile() throws IOException {
    Path missing = directory.resolve("missing.json");
    assertThatThrownBy(() -> new JupyterKernel(missing, EchoInterpreter::new))
        .isInstanceOf(KernelStartException.class)
        .hasMessageContaining("Cannot read the connection file " + missing);
    Path odd = Files.writeString(directory.resolve("odd.json"), "{\"ip\": \"127.0.0.1\"}");
    assertThatThrownBy(() -> new JupyterKernel(odd, EchoInterpreter::new))
        .isInstanceOf(KernelStartException.class)
        .hasMessageContaining("shell_port is missing");
    Path text = Files.writeString(directory.resolve("text.json"), "hello");
    assertThatThrownBy(() -> new JupyterKernel(text, EchoInterpreter::new))
        .isInstanceOf(KernelStartException.class)
        .hasMessageContaining("is not one");
  }
}
