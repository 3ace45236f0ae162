package argosy.kernel.jupyter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Everything that the kernel says: numbered, dated and signed in its own name. Safe from any
/// thread; the calling thread encodes, the thread of the sockets sends. What one thread says on
/// whatever channels leaves in that order.
final class Session {

  static final String PROTOCOL_VERSION = "5.5";

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final byte[] DELIMITER =
      MessageReader.DELIMITER.getBytes(StandardCharsets.US_ASCII);
  private static final JsonObject EMPTY = new JsonObject();

  /// What a message carries.
  ///
  /// @param buffers binary attachments
  record Body(JsonObject metadata, JsonObject content, List<byte[]> buffers) {
    Body {
      buffers = List.copyOf(buffers);
    }

    static Body of(JsonObject content) {
      return new Body(EMPTY, content, List.of());
    }
  }

  private record Envelope(
      Channel channel, List<byte[]> prefix, JsonObject header, JsonObject parent) {}

  /// Where encoded messages go.
  @FunctionalInterface
  interface Outlet {
    /// Never blocks, never throws; drops the message if the connection is closed.
    void send(Channel channel, List<byte[]> frames);
  }

  private final String id = UUID.randomUUID().toString();
  private final AtomicLong messages = new AtomicLong();
  private final Signer signer;
  private final Outlet outlet;

  Session(Signer signer, Outlet outlet) {
    this.signer = signer;
    this.outlet = outlet;
  }

  /// {@return an id that no other message, comm or display of any kernel has}
  String newId() {
    return id + "_" + messages.incrementAndGet();
  }

  /// Answers a request, on the channel on which it came.
  void reply(Inbound request, JsonObject content) {
    JsonObject header = header(newId(), request.replyType());
    send(
        new Envelope(request.channel(), request.identities(), header, request.header()),
        Body.of(content));
  }

  /// Tells everybody.
  ///
  /// @param parent the request that this is a consequence of, or null
  void publish(String type, @Nullable Inbound parent, JsonObject content) {
    publish(type, parent == null ? EMPTY : parent.header(), Body.of(content));
  }

  /// Tells everybody, with all that a message can have.
  void publish(String type, JsonObject parentHeader, Body body) {
    byte[] topic = ("kernel." + id + "." + type).getBytes(StandardCharsets.UTF_8);
    JsonObject header = header(newId(), type);
    send(new Envelope(Channel.IOPUB, List.of(topic), header, parentHeader), body);
  }

  /// Tells everybody that a request is being worked on, or no longer.
  void status(String state, @Nullable Inbound parent) {
    JsonObject content = new JsonObject();
    content.addProperty("execution_state", state);
    publish("status", parent, content);
  }

  /// Greets a subscriber, so that it knows that nothing escapes it from now on.
  void welcome(byte[] topic) {
    JsonObject content = new JsonObject();
    content.addProperty("subscription", new String(topic, StandardCharsets.UTF_8));
    JsonObject header = header(newId(), "iopub_welcome");
    List<byte[]> prefix = topic.length == 0 ? List.of() : List.of(topic);
    send(new Envelope(Channel.IOPUB, prefix, header, EMPTY), Body.of(content));
  }

  /// Asks the client of a request for a line.
  ///
  /// @param messageId from [#newId]; the answer may name it
  void ask(String messageId, Inbound request, String prompt, boolean password) {
    JsonObject content = new JsonObject();
    content.addProperty("prompt", prompt);
    content.addProperty("password", password);
    JsonObject header = header(messageId, "input_request");
    send(
        new Envelope(Channel.STDIN, request.identities(), header, request.header()),
        Body.of(content));
  }

  private JsonObject header(String messageId, String type) {
    JsonObject header = new JsonObject();
    header.addProperty("msg_id", messageId);
    header.addProperty("session", id);
    header.addProperty("username", "argosy");
    header.addProperty("date", DATE.format(Instant.now()));
    header.addProperty("msg_type", type);
    header.addProperty("version", PROTOCOL_VERSION);
    return header;
  }

  private void send(Envelope envelope, Body body) {
    List<byte[]> signed =
        List.of(
            json(envelope.header()),
            json(envelope.parent()),
            json(body.metadata()),
            json(body.content()));
    List<byte[]> frames = new ArrayList<>(envelope.prefix().size() + body.buffers().size() + 6);
    frames.addAll(envelope.prefix());
    frames.add(DELIMITER);
    frames.add(signer.sign(signed));
    frames.addAll(signed);
    frames.addAll(body.buffers());
    outlet.send(envelope.channel(), frames);
  }

  private static byte[] json(JsonObject object) {
    return GSON.toJson(object).getBytes(StandardCharsets.UTF_8);
  }
}
