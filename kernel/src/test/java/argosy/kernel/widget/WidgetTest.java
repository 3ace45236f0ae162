package argosy.kernel.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.comm.Comms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Widgets as the browser sees them: the messages of the protocol.
class WidgetTest {

  private final List<Comms.Message> sent = new ArrayList<>();

  @BeforeEach
  void listen() {
    Comms.shared().connect(sent::add);
  }

  @AfterEach
  void stop() {
    Comms.shared().connect(_ -> {});
  }

  private static Map<?, ?> state(Comms.Message message) {
    return (Map<?, ?>) Objects.requireNonNull(message.data().get("state"));
  }

  private static void receive(Widget widget, Map<String, Object> data) {
    Comms.shared()
        .received(widget.id(), new LinkedHashMap<String, @Nullable Object>(data), List.of());
  }

  @Test
  void opensAModelWithItsLayoutAndStyle() {
    Widget slider = Widget.slider("n", 0, 10, 3);
    assertThat(sent).extracting(Comms.Message::type).containsOnly("comm_open");
    assertThat(sent).extracting(Comms.Message::target).containsOnly("jupyter.widget");
    assertThat(sent)
        .allSatisfy(message -> assertThat(message.metadata().get("version")).isEqualTo("2.1.0"));
    assertThat(sent).hasSize(3);
    Map<?, ?> state = state(sent.get(2));
    assertThat(state.get("_model_name")).isEqualTo("IntSliderModel");
    assertThat(state.get("_view_name")).isEqualTo("IntSliderView");
    assertThat(state.get("layout")).isEqualTo("IPY_MODEL_" + sent.get(0).comm());
    assertThat(state.get("style")).isEqualTo("IPY_MODEL_" + sent.get(1).comm());
    assertThat(state.get("max")).isEqualTo(10);
    assertThat(slider.id()).isEqualTo(sent.get(2).comm());
    assertThat(slider.bundle())
        .containsEntry("text/plain", "IntSlider(value=3)")
        .containsEntry(
            "application/vnd.jupyter.widget-view+json",
            Map.of("version_major", 2, "version_minor", 0, "model_id", slider.id()));
  }

  @Test
  void sendsWhatTheNotebookChangesAndNothingElse() {
    Widget bar = Widget.progress("fitting", 10);
    sent.clear();
    bar.value(5.0).value(5.0);
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().type()).isEqualTo("comm_msg");
    assertThat(sent.getFirst().data().get("method")).isEqualTo("update");
    assertThat(state(sent.getFirst()).get("value")).isEqualTo(5.0);
    bar.layout("width", "50%").style("bar_color", "teal");
    assertThat(sent).hasSize(3);
  }

  @Test
  void takesWhatTheReaderChanges() {
    Widget slider = Widget.slider("n", 0, 10, 3);
    List<Object> heard = new ArrayList<>();
    slider.onChange(heard::add);
    sent.clear();
    receive(slider, Map.of("method", "update", "state", Map.of("value", 7)));
    assertThat(slider.intValue()).isEqualTo(7);
    assertThat(heard).containsExactly(7);
    assertThat(sent).isEmpty();
  }

  @Test
  void callsBackAtAClick() {
    List<String> clicks = new ArrayList<>();
    Widget button = Widget.button("Go", () -> clicks.add("click"));
    receive(button, Map.of("method", "custom", "content", Map.of("event", "click")));
    receive(button, Map.of("method", "custom", "content", Map.of("event", "other")));
    assertThat(clicks).containsExactly("click");
  }

  @Test
  void answersAPageThatAsksForTheState() {
    Widget text = Widget.text("name", "Ada");
    sent.clear();
    receive(text, Map.of("method", "request_state"));
    assertThat(state(sent.getFirst()).get("value")).isEqualTo("Ada");
    sent.clear();
    Runnable opened = Comms.shared().opened("page", "jupyter.widget.control", Map.of());
    Objects.requireNonNull(opened).run();
    Comms.shared().received("page", Map.of("method", "request_states"), List.of());
    assertThat(sent.getFirst().data().get("method")).isEqualTo("update_states");
    assertThat(sent.getFirst().data().get("states"))
        .asString()
        .contains(text.id() + "={model_name=TextModel", "value=Ada");
  }

  @Test
  void choosesByText() {
    Widget choice = Widget.choice("fruit", List.of("apple", "pear"));
    assertThat(choice.value()).isEqualTo("apple");
    receive(choice, Map.of("method", "update", "state", Map.of("index", 1)));
    assertThat(choice.value()).isEqualTo("pear");
    assertThat(choice.value("apple").get("index")).isEqualTo(0);
    assertThatThrownBy(choice::intValue).hasMessageContaining("is no number: apple");
  }

  @Test
  void putsWidgetsIntoBoxes() {
    Widget left = Widget.checkbox("on", true);
    Widget right = Widget.html("<b>hi</b>");
    Widget row = Widget.row(left, Widget.column(right));
    assertThat(row.get("children")).asString().contains("IPY_MODEL_" + left.id());
  }

  @Test
  void closesAllThatItOpened() {
    Widget button = Widget.button("Go", () -> {});
    sent.clear();
    button.close();
    button.close();
    assertThat(sent)
        .extracting(Comms.Message::type)
        .containsExactly("comm_close", "comm_close", "comm_close");
    button.value(1);
    assertThat(sent).hasSize(3);
  }
}
