package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.jupyter.TestClient.Received;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {

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
  void streamsBothStreams() {
    client.execute("print hi").prints("hi\n");
    assertThat(client.execute("complain no").stream("stderr")).isEqualTo("no\n");
  }

  @Test
  void streamsOnWhenCodeHasClosedAStream() {
    client.execute("close last words").prints("last words");
    client.execute("print hi").prints("hi\n");
    assertThat(client.execute("complain no").stream("stderr")).isEqualTo("no\n");
  }

  @Test
  void deliversEveryLineInFewMessages() {
    Exchange cell = client.execute("lines 20000").replies("ok");
    String expected =
        IntStream.range(0, 20_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
    cell.prints(expected);
    assertThat(cell.published()).hasSizeLessThan(500);
  }

  @Test
  void losesNothingToAClientThatReadsLate() {
    Exchange cell = client.execute("displays 20000").replies("ok");
    assertThat(cell.published().size()).isEqualTo(20_001);
  }

  @Test
  void keepsTheOrderOfTextAndDisplays() {
    Exchange cell = client.execute("mixed");
    cell.publishes("execute_input", "stream", "display_data", "stream", "stream");
    assertThat(cell.published().stream().skip(1).map(OutputTest::text))
        .containsExactly("before", "middle", "after", "error");
  }

  private static String text(Received message) {
    return message.type().equals("stream")
        ? message.text("text")
        : message.content().getAsJsonObject("data").get("text/plain").getAsString();
  }

  @Test
  void putsBytesTogetherToCharacters() {
    client.execute("bytes grün 😀 漢字").prints("grün 😀 漢字");
  }

  @Test
  void showsLateOutputBelowItsOwnCell() {
    Exchange early =
        client.execute("late from the first cell").replies("ok").publishes("execute_input");
    Exchange later = client.execute("print second").prints("second\n");
    kernel.language.gate.release();
    early.streamsLater("from the first cell\n");
    assertThat(later.stream("stdout")).isEqualTo("second\n");
  }

  @Test
  void updatesADisplayByItsId() {
    Exchange cell = client.execute("redisplay second");
    cell.publishes("execute_input", "display_data", "update_display_data");
    assertThat(cell.shown("update_display_data").content().get("transient"))
        .isEqualTo(cell.shown("display_data").content().get("transient"));
  }

  @Test
  void givesEachDisplayAnIdOfItsOwn() {
    List<String> ids =
        List.of(
                client.execute("display a").replies("ok").shown("display_data"),
                client.execute("display a").replies("ok").shown("display_data"))
            .stream()
            .map(message -> message.content().get("transient").toString())
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void showsAStackTraceAsTheLanguageReadsIt() {
    assertThat(client.execute("trace oops").stream("stderr"))
        .isEqualTo(
            "java.lang.IllegalStateException: oops\n\tat Echo, in more\n\tat Echo, in run\n");
  }

  @Test
  void clearsAfterWhatWasPrinted() {
    Exchange cell = client.execute("clear wait");
    cell.publishes("execute_input", "stream", "clear_output");
    assertThat(cell.shown("clear_output").content().get("wait").getAsBoolean()).isTrue();
  }
}
