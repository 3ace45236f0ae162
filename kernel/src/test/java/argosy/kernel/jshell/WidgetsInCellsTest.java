package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.comm.Comms;
import argosy.kernel.widget.Widgets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Widgets in real cells.
class WidgetsInCellsTest {

  private TestSession session;

  @BeforeEach
  void open() {
    session = TestSession.open(new Widgets());
  }

  @AfterEach
  void close() {
    session.close();
  }

  private String idOfButton() {
    return String.valueOf(session.run("button.id()").value().get("text/plain"));
  }

  private void click(String id) {
    Map<String, @Nullable Object> click = new LinkedHashMap<>();
    click.put("method", "custom");
    click.put("content", Map.of("event", "click"));
    Comms.shared().received(id, click, List.of());
  }

  @Test
  void whatAHandlerPrintsAppearsBelowItsOwnCell() {
    TestSession.Ran cell =
        session.run("var button = Widget.button(\"Go\", () -> System.out.println(\"clicked\"));");
    String id = idOfButton();
    TestSession.Ran later = session.run("1 + 1");
    click(id);
    cell.prints("clicked\n");
    later.prints("");
  }

  @Test
  void whatAHandlerThrowsDoesToo() {
    TestSession.Ran cell =
        session.run(
            "var button = Widget.button(\"Go\", () -> { throw new IllegalStateException(\"no\");"
                + " });");
    click(idOfButton());
    cell.notes("IllegalStateException: no");
  }

  @Test
  void aWidgetIsTheValueOfACell() {
    assertThat(session.run("Widget.slider(\"n\", 0, 9, 3)").value())
        .containsEntry("text/plain", "IntSlider(value=3)")
        .containsKey("application/vnd.jupyter.widget-view+json");
  }
}
