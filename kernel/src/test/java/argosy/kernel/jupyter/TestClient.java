package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/// A client over real sockets, as plain as can be: it sends what it is told, and reads until it has
/// what it waits for.
final class TestClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  /// After this a connection that says nothing is made anew. JeroMQ sometimes forgets to listen to
  /// one that was not there at once: when it hears in one go that it is there and what to do with
  /// it, it takes the new entry for the old one that it is about to drop.
  private static final int HANDSHAKE_MILLIS = 2_000;

  /// A message from the kernel.
  record Received(String type, JsonObject header, JsonObject parent, JsonObject content) {

    String text(String field) {
      return content.get(field).getAsString();
    }

    boolean answers(String messageId) {
      return parent.has("msg_id") && parent.get("msg_id").getAsString().equals(messageId);
    }
  }

  private final ZContext context = new ZContext();
  private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
  private final List<Received> unread = new ArrayList<>();
  private final List<Received> published = new ArrayList<>();
  private final String session = UUID.randomUUID().toString();
  private final ConnectionFile file;
  private final Signer signer;
  private int messages;

  TestClient(Path connectionFile) {
    this(connectionFile, EnumSet.allOf(Channel.class));
  }

  /// @param connected the channels to connect now; [#connect] connects the others
  TestClient(Path connectionFile, Set<Channel> connected) {
    try {
      file = ConnectionFile.read(connectionFile);
      signer = Signer.of(file.scheme(), file.key());
      open(Channel.SHELL, SocketType.DEALER);
      open(Channel.CONTROL, SocketType.DEALER);
      open(Channel.STDIN, SocketType.DEALER);
      open(Channel.HEARTBEAT, SocketType.REQ);
      open(Channel.IOPUB, SocketType.SUB);
    } catch (KernelStartException e) {
      throw new IllegalStateException(e);
    }
    connected.forEach(this::connect);
    socket(Channel.IOPUB).subscribe(ZMQ.SUBSCRIPTION_ALL);
    assertThat(published("iopub_welcome", _ -> true).text("subscription")).isEmpty();
  }

  private void open(Channel channel, SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    ConnectionFile.Curve curve = file.curve();
    if (curve != null) {
      ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
      socket.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
      socket.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
      socket.setCurveServerKey(ZMQ.Curve.z85Decode(curve.publicKey()));
    }
    socket.setIdentity(session.getBytes(StandardCharsets.US_ASCII));
    socket.setReceiveTimeOut(TIMEOUT_MILLIS);
    socket.setHandshakeIvl(HANDSHAKE_MILLIS);
    socket.setLinger(0);
    sockets.put(channel, socket);
  }

  void connect(Channel channel) {
    socket(channel).connect(file.address(channel));
  }

  ZMQ.Socket socket(Channel channel) {
    return Objects.requireNonNull(sockets.get(channel));
  }

  /// Opens a channel again under the same identity, without closing the first one.
  void reconnect(Channel channel) {
    open(channel, SocketType.DEALER);
    connect(channel);
  }

  /// Executes code with the defaults of the protocol.
  Exchange execute(String code) {
    return execute(code, "{}");
  }

  /// Executes code.
  ///
  /// @param options more fields of the request, as JSON
  Exchange execute(String code, String options) {
    JsonObject content = JsonParser.parseString(options).getAsJsonObject();
    content.addProperty("code", code);
    return request(Channel.SHELL, "execute_request", content);
  }

  Exchange shell(String type, String content) {
    return request(Channel.SHELL, type, JsonParser.parseString(content).getAsJsonObject());
  }

  Exchange control(String type, String content) {
    return request(Channel.CONTROL, type, JsonParser.parseString(content).getAsJsonObject());
  }

  private Exchange request(Channel channel, String type, JsonObject content) {
    String id = session + "_" + ++messages;
    send(channel, frames(header(id, type), new JsonObject(), content));
    return new Exchange(this, channel, id, type);
  }

  /// Answers a question of the kernel.
  void answer(Received question, String value) {
    JsonObject content = new JsonObject();
    content.addProperty("value", value);
    String id = session + "_" + ++messages;
    send(Channel.STDIN, frames(header(id, "input_reply"), question.header(), content));
  }

  JsonObject header(String id, String type) {
    JsonObject header = new JsonObject();
    header.addProperty("msg_id", id);
    header.addProperty("session", session);
    header.addProperty("username", "tester");
    header.addProperty("date", "2026-11-25T00:00:00.000000Z");
    header.addProperty("msg_type", type);
    header.addProperty("version", "5.4");
    return header;
  }

  /// {@return a signed message}
  List<byte[]> frames(JsonObject header, JsonObject parent, JsonObject content) {
    return frames(header.toString(), parent.toString(), "{}", content.toString());
  }

  /// {@return four texts as a signed message, whatever they say}
  List<byte[]> frames(String... parts) {
    List<byte[]> signed =
        Arrays.stream(parts).map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
    List<byte[]> frames = new ArrayList<>();
    frames.add(MessageReader.DELIMITER.getBytes(StandardCharsets.US_ASCII));
    frames.add(signer.sign(signed));
    frames.addAll(signed);
    return frames;
  }

  void send(Channel channel, List<byte[]> frames) {
    int last = frames.size() - 1;
    for (int i = 0; i <= last; i++) {
      socket(channel).send(frames.get(i), i < last ? ZMQ.SNDMORE : 0);
    }
  }

  /// {@return the next message on a channel}
  Received next(Channel channel) {
    List<byte[]> frames = new ArrayList<>();
    do {
      byte[] frame = socket(channel).recv();
      assertThat(frame)
          .as(() -> "a message on " + channel + " after " + lastPublished())
          .isNotNull();
      frames.add(frame);
    } while (socket(channel).hasReceiveMore());
    int start = 0;
    while (!new String(frames.get(start), StandardCharsets.US_ASCII).equals("<IDS|MSG>")) {
      start++;
    }
    assertThat(signer.accepts(frames.get(start + 1), frames.subList(start + 2, start + 6)))
        .as("the kernel signs what it says")
        .isTrue();
    JsonObject header = json(frames.get(start + 2));
    return new Received(
        header.get("msg_type").getAsString(),
        header,
        json(frames.get(start + 3)),
        json(frames.get(start + 5)));
  }

  private List<Received> lastPublished() {
    return published.subList(Math.max(0, published.size() - 10), published.size());
  }

  private static JsonObject json(byte[] frame) {
    return JsonParser.parseString(new String(frame, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  /// {@return the reply to a request; others that come first are kept}
  Received reply(Channel channel, String messageId) {
    for (Received message : unread) {
      if (message.answers(messageId)) {
        unread.remove(message);
        return message;
      }
    }
    while (true) {
      Received message = next(channel);
      if (message.answers(messageId)) {
        return message;
      }
      unread.add(message);
    }
  }

  /// {@return the next published message of a kind, read or still to come}
  Received published(String type, Predicate<Received> condition) {
    for (int i = 0; ; i++) {
      while (i >= published.size()) {
        published.add(next(Channel.IOPUB));
      }
      Received message = published.get(i);
      if (message.type().equals(type) && condition.test(message)) {
        return message;
      }
    }
  }

  /// {@return what was published for a request so far}
  List<Received> publishedFor(String messageId) {
    return published.stream().filter(message -> message.answers(messageId)).toList();
  }

  @Override
  public void close() {
    context.close();
  }
}
