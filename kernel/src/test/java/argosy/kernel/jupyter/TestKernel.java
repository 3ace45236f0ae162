package argosy.kernel.jupyter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A kernel for the echo language inside the test's process, and the file by which clients find it.
final class TestKernel implements AutoCloseable {

  static final String KEY = "a0436f6c-1916-498b-8eb9-e81ab9368e84";

  final EchoInterpreter language = new EchoInterpreter();
  final CountDownLatch halted = new CountDownLatch(1);
  private final Path file;
  private final Thread thread;

  TestKernel(Path directory) {
    this(directory, KEY, "");
  }

  TestKernel(Path directory, String key, String moreFields) {
    this(connectionFile(directory, key, moreFields), Duration.ofMinutes(1));
  }

  /// @param grace how long its end may take
  TestKernel(Path connectionFile, Duration grace) {
    file = connectionFile;
    try {
      JupyterKernel kernel = new JupyterKernel(file, () -> language, grace, halted::countDown);
      thread =
          new Thread(
              () -> {
                try {
                  kernel.run();
                } catch (KernelStartException e) {
                  throw new IllegalStateException(e);
                }
              },
              "kernel under test");
    } catch (KernelStartException e) {
      throw new IllegalStateException(e);
    }
    thread.start();
  }

  static Path connectionFile(Path directory, String key, String moreFields) {
    Map<Channel, Integer> ports = freePorts();
    String json =
        """
        {"ip": "127.0.0.1", "transport": "tcp", "signature_scheme": "hmac-sha256", "key": "%s",
         "shell_port": %d, "control_port": %d, "stdin_port": %d, "iopub_port": %d, "hb_port": %d,
         "kernel_name": "argosy"%s}
        """
            .formatted(
                key,
                ports.get(Channel.SHELL),
                ports.get(Channel.CONTROL),
                ports.get(Channel.STDIN),
                ports.get(Channel.IOPUB),
                ports.get(Channel.HEARTBEAT),
                moreFields);
    try {
      return Files.writeString(Files.createTempFile(directory, "kernel", ".json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Below those that the system hands out: another process would get one of them for a connection
  /// of its own before the kernel has taken it.
  private static Map<Channel, Integer> freePorts() {
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      int port;
      do {
        port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      } while (ports.containsValue(port) || !isFree(port));
      ports.put(channel, port);
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// {@return a client that has subscribed}
  TestClient client() {
    return new TestClient(file);
  }

  /// {@return a client that has not opened its channel for questions}
  TestClient clientWithoutInput() {
    return new TestClient(file, EnumSet.complementOf(EnumSet.of(Channel.STDIN)));
  }

  /// Waits for the kernel to end by itself.
  boolean ends() {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(60));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  @Override
  public void close() {
    language.gate.release(1_000);
    if (thread.isAlive()) {
      try (TestClient client = client()) {
        client.control("shutdown_request", "{}");
        ends();
      }
    }
  }
}
