package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

  @TempDir Path directory;
  private TestKernel kernel;
  private TestClient client;

  @BeforeEach
  void start() {
    kernel = new TestKernel(directory);
    client = kernel.client();
  }

  @AfterEach
  void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void tellsWhatItIsOnBothChannels() {
    JsonObject info = client.shell("kernel_info_request", "{}").replies("ok").reply();
    assertThat(info.get("protocol_version").getAsString()).isEqualTo("5.5");
    assertThat(info.getAsJsonObject("language_info").get("name").getAsString()).isEqualTo("java");
    assertThat(info.getAsJsonObject("language_info").get("version").getAsString())
        .isEqualTo(System.getProperty("java.version"));
    assertThat(info.get("supported_features").getAsJsonArray()).isEmpty();
    client.control("kernel_info_request", "{}").replies("ok").publishes();
  }

  @Test
  void countsTheCursorInCodePoints() {
    client
        .shell("complete_request", "{code: '😀😀 ec', cursor_pos: 5}")
        .replies("ok")
        .with("cursor_start", "0")
        .with("cursor_end", "5")
        .with("matches", "[echo]")
        .publishes();
  }

  @Test
  void tellsTheTypesOfCompletions() {
    client
        .shell("complete_request", "{code: ec, cursor_pos: 2}")
        .with(
            "metadata",
            "{_jupyter_types_experimental: [{start: 0, end: 2, text: echo, type: function,"
                + " signature: '(text)'}]}");
  }

  @Test
  void inspectsUpToTheCursor() {
    client
        .shell("inspect_request", "{code: '😀abc', cursor_pos: 2, detail_level: 1}")
        .replies("ok")
        .with("found", "true")
        .with("data", "{'text/plain': '😀a at detail 1'}");
    client
        .shell("inspect_request", "{code: '', cursor_pos: 0}")
        .replies("ok")
        .with("found", "false")
        .with("data", "{}");
  }

  @Test
  void tellsWhetherCodeIsComplete() {
    client.shell("is_complete_request", "{code: 'a'}").replies("complete");
    client
        .shell("is_complete_request", "{code: 'a\\\\'}")
        .replies("incomplete")
        .with("indent", "'  '");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{hist_access_type: tail, n: 2}|[[1, 2, echo b], [1, 3, echo a]]",
        "{hist_access_type: range, session: 0, start: 1, stop: 3}|[[1, 1, echo a], [1, 2, echo b]]",
        "{hist_access_type: range, session: 7, start: 1, stop: 3}|[]",
        "{hist_access_type: search, pattern: '*b', n: 9}|[[1, 2, echo b]]",
        "{hist_access_type: search, pattern: 'echo ?', n: 9, unique: true}"
            + "|[[1, 2, echo b], [1, 3, echo a]]",
        "{hist_access_type: tail, n: 1, output: true}|[[1, 3, [echo a, a]]]",
      })
  void remembersWhatRan(String request, String tuples) {
    client.execute("echo a").replies("ok");
    client.execute("echo b").replies("ok");
    client.execute("echo hidden", "{store_history: false}").replies("ok");
    client.execute("echo a").replies("ok");
    String strict = tuples.replaceAll("(echo .|(?<=, )a)(?=[,\\]])", "\"$1\"");
    client.shell("history_request", request).replies("ok").with("history", strict).publishes();
  }

  @Test
  void closesACommThatNobodyTakes() {
    Exchange open = client.shell("comm_open", "{comm_id: c1, target_name: nobody, data: {}}");
    open.publishes("comm_close");
    assertThat(open.shown("comm_close").text("comm_id")).isEqualTo("c1");
    client.shell("comm_msg", "{comm_id: c1, data: {}}").publishes();
    client.shell("comm_close", "{comm_id: c1, data: {}}").publishes();
    client.shell("comm_info_request", "{}").replies("ok").with("comms", "{}").publishes();
  }

  @Test
  void answersNothingToACommMessageWithoutAnId() {
    client.shell("comm_open", "{target_name: nobody}").publishes();
    client.shell("comm_info_request", "{}").replies("ok");
  }

  @Test
  void answersAClientThatComesBackUnderTheSameName() {
    client.execute("echo before").replies("ok");
    client.reconnect(Channel.SHELL);
    client.execute("echo after").replies("ok").shows("after");
  }

  @Test
  void answersWhileACellRuns() throws InterruptedException {
    Exchange cell = client.execute("wait");
    kernel.language.blocked.acquire();
    client.shell("complete_request", "{code: ec, cursor_pos: 2}").replies("ok").publishes();
    client.shell("inspect_request", "{code: ec, cursor_pos: 2}").replies("ok").publishes();
    client.shell("is_complete_request", "{code: ec}").replies("complete").publishes();
    client.shell("history_request", "{n: 1}").replies("ok").publishes();
    client.shell("comm_info_request", "{}").replies("ok").publishes();
    client.shell("kernel_info_request", "{}").replies("ok").publishes();
    kernel.language.gate.release();
    cell.replies("ok").shows("went on");
  }

  @Test
  void saysThatACellStillRunsAfterAnsweringMeanwhile() throws InterruptedException {
    client.execute("wait");
    kernel.language.blocked.acquire();
    client.shell("kernel_info_request", "{}").replies("ok").publishes();
    client.published(
        "status",
        message -> message.parent().isEmpty() && message.text("execution_state").equals("busy"));
  }

  @Test
  void echoesTheHeartbeatAtOnce() {
    for (int i = 0; i < 50; i++) {
      client.socket(Channel.HEARTBEAT).send("beat " + i);
      assertThat(client.socket(Channel.HEARTBEAT).recvStr()).isEqualTo("beat " + i);
    }
  }

  @Test
  void welcomesEachSubscriber() {
    try (TestClient other = kernel.client()) {
      client.execute("echo seen by both").replies("ok");
      other.published("execute_result", _ -> true);
    }
  }
}
