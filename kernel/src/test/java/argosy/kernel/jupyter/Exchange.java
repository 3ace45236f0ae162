package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.jupyter.TestClient.Received;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request and what came of it. Reads as much as an assertion needs; every reply is checked for
/// what all replies must have.
final class Exchange {

  private final TestClient client;
  private final Channel channel;
  private final String id;
  private final String type;
  private @Nullable Received reply;

  Exchange(TestClient client, Channel channel, String id, String type) {
    this.client = client;
    this.channel = channel;
    this.id = id;
    this.type = type;
  }

  /// {@return the content of the reply}
  JsonObject reply() {
    if (reply == null) {
      reply = client.reply(channel, id);
      assertThat(reply.type()).isEqualTo(type.replace("_request", "_reply"));
      assertThat(reply.content().has("status")).as("every reply has a status").isTrue();
      assertThat(reply.header().get("session")).isNotEqualTo(reply.parent().get("session"));
      assertThat(reply.header().get("version").getAsString()).isEqualTo("5.5");
      assertThat(reply.header().get("date").getAsString())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }
    return reply.content();
  }

  /// Checks the status of the reply.
  Exchange replies(String status) {
    assertThat(reply().get("status").getAsString()).as(reply().toString()).isEqualTo(status);
    return this;
  }

  /// Checks a field of the reply, which is given as JSON.
  Exchange with(String field, String json) {
    assertThat(reply().get(field)).as(field).isEqualTo(JsonParser.parseString(json));
    return this;
  }

  /// {@return what was published between busy and idle}
  List<Received> published() {
    client.published("status", message -> isStatus(message, "idle"));
    List<Received> all = client.publishedFor(id);
    assertThat(isStatus(all.getFirst(), "busy")).as("busy comes first").isTrue();
    long idle = all.stream().filter(message -> isStatus(message, "idle")).count();
    assertThat(idle).as("idle comes once").isEqualTo(1);
    return all.stream().filter(message -> !message.type().equals("status")).toList();
  }

  private boolean isStatus(Received message, String state) {
    return message.type().equals("status")
        && message.answers(id)
        && message.text("execution_state").equals(state);
  }

  /// Waits until the kernel has started to work on this.
  Exchange isBusy() {
    client.published("status", message -> isStatus(message, "busy"));
    return this;
  }

  /// Checks the types of what was published, in order.
  Exchange publishes(String... types) {
    assertThat(published()).extracting(Received::type).containsExactly(types);
    return this;
  }

  /// {@return the first published message of a type}
  Received shown(String messageType) {
    return published().stream()
        .filter(message -> message.type().equals(messageType))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + messageType + " in " + published()));
  }

  /// Checks the text of the result.
  Exchange shows(String text) {
    assertThat(shown("execute_result").content().getAsJsonObject("data").get("text/plain"))
        .isEqualTo(new JsonPrimitive(text));
    return this;
  }

  /// {@return everything that went to a stream until idle}
  String stream(String name) {
    return published().stream()
        .filter(message -> message.type().equals("stream") && message.text("name").equals(name))
        .map(message -> message.text("text"))
        .collect(Collectors.joining());
  }

  /// Checks what went to a stream until idle.
  Exchange prints(String text) {
    assertThat(stream("stdout")).isEqualTo(text);
    return this;
  }

  /// {@return the next text that comes for this request, also after idle}
  Received streamsLater(String text) {
    return client.published(
        "stream", message -> message.answers(id) && message.text("text").equals(text));
  }

  /// {@return the question that the kernel asks the user}
  Received asks(String prompt) {
    Received question = client.next(Channel.STDIN);
    assertThat(question.type()).isEqualTo("input_request");
    assertThat(question.answers(id)).isTrue();
    assertThat(question.text("prompt")).isEqualTo(prompt);
    return question;
  }
}
