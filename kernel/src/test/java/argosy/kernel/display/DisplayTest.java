package argosy.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where no cell is, as in a task on a worker.
class DisplayTest {

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(before);
  }

  @Test
  void printsWhatItCannotShow() {
    String id = Display.display(List.of(1, 2));
    Display.updateDisplay(id, "done");
    Display.printf("%d %%%n", 50);
    Display.clearOutput();

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("[1, 2]", "done", "50 %");
  }

  @Test
  void saysThatItCannotAsk() {
    assertThatThrownBy(() -> Display.readLine("name? "))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only a cell can ask");
    assertThatThrownBy(() -> Display.readPassword("word? "))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only a cell can ask");
  }
}
