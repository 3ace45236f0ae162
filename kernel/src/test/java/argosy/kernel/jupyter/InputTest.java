package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.jupyter.TestClient.Received;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {

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
  void asksTheClientForALine() {
    Exchange cell = client.execute("ask your name? ");
    Received question = cell.asks("your name? ");
    assertThat(question.content().get("password").getAsBoolean()).isFalse();
    client.answer(question, "Ada");
    cell.replies("ok").shows("Ada");
  }

  @Test
  void asksForAPasswordWithoutShowingIt() {
    Exchange cell = client.execute("secret key: ");
    Received question = cell.asks("key: ");
    assertThat(question.content().get("password").getAsBoolean()).isTrue();
    client.answer(question, "123");
    cell.shows("123");
  }

  @Test
  void letsAScannerReadAnyCharacterAndTheNextScannerToo() {
    for (String line : new String[] {"grün 😀", "日本語", ""}) {
      Exchange cell = client.execute("scan");
      client.answer(cell.asks(""), line);
      cell.replies("ok").shows(line);
    }
  }

  @Test
  void tellsWhyAClientWithoutInputCannotBeAsked() {
    for (String code : new String[] {"ask ?", "scan"}) {
      Exchange cell = client.execute(code, "{allow_stdin: false}").replies("error");
      cell.with("ename", "NoInputException");
      assertThat(cell.reply().get("evalue").getAsString()).contains("offers no input");
    }
  }

  @Test
  void keepsAQuestionUntilItsClientCanHearIt() {
    try (TestClient late = kernel.clientWithoutInput()) {
      Exchange cell = late.execute("ask still there? ");
      cell.isBusy();
      late.connect(Channel.STDIN);
      late.answer(cell.asks("still there? "), "yes");
      cell.shows("yes");
    }
  }

  // Its answer may follow on the heels of the question, while the kernel still hears that it came.
  @Test
  void hearsTheAnswerOfAClientThatComesAsItIsAsked() {
    for (int i = 0; i < 300; i++) {
      try (TestClient late = kernel.clientWithoutInput()) {
        Exchange cell = late.execute("ask ?");
        late.connect(Channel.STDIN);
        late.answer(cell.asks("?"), "yes " + i);
        cell.shows("yes " + i);
      }
    }
  }

  @Test
  void interruptsAScannerAndLetsTheNextOneRead() {
    Exchange cell = client.execute("scan");
    cell.asks("");
    client.control("interrupt_request", "{}").replies("ok");
    cell.replies("error").with("ename", "UncheckedIOException");
    Exchange next = client.execute("scan");
    client.answer(next.asks(""), "fine");
    next.shows("fine");
  }

  @Test
  void givesUpAQuestionOnAnInterruptAndForgetsItsAnswer() {
    Exchange first = client.execute("ask first");
    Received question = first.asks("first");
    client.control("interrupt_request", "{}").replies("ok");
    first.replies("error").with("ename", "Interrupted");
    Exchange second = client.execute("ask second");
    Received next = second.asks("second");
    client.answer(question, "too late");
    client.answer(next, "right");
    second.shows("right");
  }

  @Test
  void acceptsAnAnswerThatDoesNotSayWhatItAnswers() {
    Exchange cell = client.execute("ask ?");
    cell.asks("?");
    JsonObject content = new JsonObject();
    content.addProperty("value", "plain");
    JsonObject header = client.header("reply-1", "input_reply");
    client.send(Channel.STDIN, client.frames(header, new JsonObject(), content));
    cell.shows("plain");
  }
}
