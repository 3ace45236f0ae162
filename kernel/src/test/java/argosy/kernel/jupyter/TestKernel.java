package argosy.kernel.jupyter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
    file = connectionFile(directory, key, moreFields);
    try {
      JupyterKernel kernel = new JupyterKernel(file, () -> language, halted::countDown);
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

  private static Map<Channel, Integer> freePorts() {
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    Map<Channel, ServerSocket> reserved = new EnumMap<>(Channel.class);
    try {
      for (Channel channel : Channel.values()) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        reserved.put(channel, socket);
        ports.put(channel, socket.getLocalPort());
      }
      for (ServerSocket socket : reserved.values()) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ports;
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
      thread.join(TimeUnit.SECONDS.toMillis(10));
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
