package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.comm.Comm;
import argosy.kernel.comm.Comms;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comms over real sockets.
class CommTest {

  @TempDir Path directory;
  private TestKernel kernel;
  private TestClient client;

  @BeforeEach
  void start() {
    kernel = new TestKernel(directory);
    client = kernel.client();
    Comms.shared()
        .register(
            "echo",
            (comm, first) -> {
              System.out.println("opened with " + first);
              comm.onMessage((data, _) -> {
                System.out.println("got " + data);
                comm.send(data);
              });
              comm.onClose(() -> System.out.println("closed"));
            });
  }

  @AfterEach
  void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void carriesMessagesBothWaysAndWhatTheirHandlersPrint() {
    Exchange open = client.shell("comm_open", "{comm_id: c, target_name: echo, data: {x: 1}}");
    open.publishes("stream").prints("opened with {x=1}\n");
    client
        .shell("comm_info_request", "{}")
        .replies("ok")
        .with("comms", "{\"c\":{\"target_name\":\"echo\"}}");
    client.shell("comm_info_request", "{target_name: other}").with("comms", "{}");
    Exchange message =
        client.shell("comm_msg", "{comm_id: c, data: {n: [1, 2.5, true, null, \"t\", {}]}}");
    message.publishes("stream", "comm_msg").prints("got {n=[1, 2.5, true, null, t, {}]}\n");
    assertThat(message.shown("comm_msg").content())
        .hasToString("{\"comm_id\":\"c\",\"data\":{\"n\":[1,2.5,true,null,\"t\",{}]}}");
    client.shell("comm_close", "{comm_id: c}").publishes("stream").prints("closed\n");
    client.shell("comm_info_request", "{}").with("comms", "{}");
  }

  @Test
  void handlesMessagesWhileACellRuns() {
    client.shell("comm_open", "{comm_id: c, target_name: echo}").publishes("stream");
    Exchange cell = client.execute("wait").isBusy();
    kernel.language.blocked.acquireUninterruptibly();
    client.shell("comm_msg", "{comm_id: c, data: {}}").publishes("stream", "comm_msg");
    kernel.language.gate.release();
    cell.shows("went on");
  }

  @Test
  void answersQuestionsWhileAHandlerRuns() {
    CountDownLatch gate = new CountDownLatch(1);
    Comms.shared()
        .register(
            "slow",
            (comm, _) ->
                comm.onMessage((_, _) -> {
                  try {
                    gate.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    client.shell("comm_open", "{comm_id: s, target_name: slow}").publishes();
    Exchange message = client.shell("comm_msg", "{comm_id: s, data: {}}").isBusy();
    client.shell("kernel_info_request", "{}").replies("ok");
    client.execute("echo on").shows("on");
    gate.countDown();
    message.publishes();
  }

  @Test
  void anInterruptEndsAHandlerWhileNoCellRuns() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    Comms.shared()
        .register(
            "endless",
            (comm, _) ->
                comm.onMessage((_, _) -> {
                  try {
                    entered.countDown();
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    throw new CancellationException("interrupted");
                  }
                }));
    client.shell("comm_open", "{comm_id: e, target_name: endless}").publishes();
    Exchange message = client.shell("comm_msg", "{comm_id: e, data: {}}").isBusy();
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    client.control("interrupt_request", "{}").replies("ok");
    assertThat(message.stream("stderr")).contains("CancellationException: interrupted");
    client.execute("echo on").shows("on");
  }

  @Test
  void showsWhatAHandlerThrowsAndGoesOn() {
    Comms.shared()
        .register(
            "broken",
            (comm, _) ->
                comm.onMessage((_, _) -> {
                  throw new IllegalStateException("on purpose");
                }));
    client.shell("comm_open", "{comm_id: b, target_name: broken}").publishes();
    for (int i = 0; i < 2; i++) {
      assertThat(client.shell("comm_msg", "{comm_id: b, data: {}}").stream("stderr"))
          .contains("IllegalStateException", "on purpose");
    }
  }

  @Test
  void opensAndClosesFromTheKernelsSide() {
    Comm comm = Comms.shared().open("mine", Map.of("hello", Double.NaN), Map.of("version", "1"));
    var opened = client.published("comm_open", _ -> true);
    assertThat(opened.content())
        .hasToString(
            "{\"comm_id\":\"%s\",\"target_name\":\"mine\",\"data\":{\"hello\":null}}"
                .formatted(comm.id()));
    CompletableFuture<byte[]> buffer = new CompletableFuture<>();
    comm.onMessage((_, buffers) -> buffer.complete(buffers.getFirst()));
    Comms.shared().received(comm.id(), Map.of(), List.of(new byte[] {1, 2, 3}));
    assertThat(buffer.orTimeout(60, TimeUnit.SECONDS).join()).containsExactly(1, 2, 3);
    comm.close();
    comm.close();
    comm.send(Map.of());
    assertThat(client.published("comm_close", _ -> true).text("comm_id")).isEqualTo(comm.id());
  }
}
