package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileMessageTest {

  private static final List<String> TYPES =
      List.of(
          "execute_request",
          "complete_request",
          "inspect_request",
          "is_complete_request",
          "history_request",
          "comm_info_request",
          "comm_open",
          "comm_msg",
          "comm_close",
          "kernel_info_request",
          "input_reply",
          "debug_request",
          "",
          "no_such_request");
  private static final List<String> VALUES =
      List.of(
          "{}",
          "[]",
          "null",
          "1",
          "-1",
          "1e99",
          "\"text\"",
          "true",
          "[[[[",
          "{\"a\":",
          "\"\\ud800\"",
          "NaN",
          "",
          "99999999999999999999",
          "{\"code\": 3}",
          "{\"msg_type\": 7}");
  private static final List<String> FIELDS =
      List.of(
          "code",
          "silent",
          "store_history",
          "user_expressions",
          "cursor_pos",
          "detail_level",
          "hist_access_type",
          "n",
          "session",
          "stop",
          "target_name",
          "comm_id",
          "data",
          "value");

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

  private void everythingStillWorks() {
    client.control("kernel_info_request", "{}").replies("ok");
    client.shell("kernel_info_request", "{}").replies("ok");
    client.execute("echo alive").replies("ok").shows("alive");
    Exchange question = client.execute("ask ?");
    client.answer(question.asks("?"), "yes");
    question.shows("yes");
  }

  @ParameterizedTest
  @EnumSource(
      value = Channel.class,
      names = {"SHELL", "CONTROL", "STDIN"})
  void dropsAMessageWithAWrongSignature(Channel channel) {
    List<byte[]> frames =
        client.frames(client.header("1", "execute_request"), new JsonObject(), code("echo evil"));
    byte[] signature = frames.get(1);
    signature[0] = (byte) (signature[0] == 'a' ? 'b' : 'a');
    client.send(channel, frames);
    everythingStillWorks();
    assertThat(kernel.language.executions).hasValue(2);
  }

  private static JsonObject code(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    return content;
  }

  @Test
  void runsAReplayedMessageOnce() {
    List<byte[]> frames =
        client.frames(client.header("1", "execute_request"), new JsonObject(), code("print once"));
    client.send(Channel.SHELL, frames);
    client.send(Channel.SHELL, frames);
    everythingStillWorks();
    assertThat(kernel.language.executions).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "session", "date", "version", "msg_id"})
  void answersARequestWhoseHeaderLacksAField(String field) {
    JsonObject header = client.header("lacking", "kernel_info_request");
    header.remove(field);
    client.send(Channel.SHELL, client.frames(header, new JsonObject(), new JsonObject()));
    assertThat(client.next(Channel.SHELL).parent()).isEqualTo(header);
    everythingStillWorks();
  }

  @Test
  void saysThatItDoesNotKnowATypeAndDropsWhatIsNoRequest() {
    client.shell("no_such_request", "{}").replies("error");
    client.shell("debug_request", "{command: attach}").replies("error");
    client.control("create_subshell_request", "{}").replies("error");
    client.control("list_subshell_request", "{}").replies("error");
    client.shell("no_such_message", "{}");
    everythingStillWorks();
  }

  @Test
  void dropsFramesThatAreNoMessage() {
    client.send(Channel.SHELL, List.of("garbage".getBytes(StandardCharsets.UTF_8)));
    client.send(Channel.CONTROL, Collections.nCopies(500, new byte[0]));
    client.send(Channel.STDIN, List.of(new byte[100_000]));
    client.send(Channel.SHELL, client.frames("[", "{}", "{}", "{}"));
    client.send(Channel.SHELL, client.frames("[]", "{}", "{}", "{}"));
    client.send(Channel.SHELL, client.frames("[".repeat(100_000), "{}", "{}", "{}"));
    client.send(Channel.SHELL, client.frames("{}", "{}"));
    everythingStillWorks();
  }

  @Test
  void takesAMessageOfManyMegabytes() {
    String text = "x".repeat(20_000_000);
    client.execute("echo " + text).replies("ok").shows(text);
  }

  // Speaks as much of ZMTP as it takes to announce a frame; none of it is ever sent.
  @ParameterizedTest
  @EnumSource(
      value = Channel.class,
      names = {"SHELL", "CONTROL", "STDIN"})
  void hangsUpOnWhoeverAnnouncesAMessageOfATerabyte(Channel channel) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(channel))) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      ByteBuffer greeting = ByteBuffer.allocate(64);
      greeting.put((byte) 0xFF).put(9, (byte) 0x7F).put(10, (byte) 3);
      greeting.put(12, "NULL".getBytes(StandardCharsets.US_ASCII));
      out.write(greeting.array());
      String ready = "\5READY\13Socket-Type\0\0\0\6DEALER";
      out.write(new byte[] {4, (byte) ready.length()});
      out.write(ready.getBytes(StandardCharsets.US_ASCII));
      out.write(ByteBuffer.allocate(9).put((byte) 2).putLong(1L << 40).array());
      out.flush();
      assertThat(hangsUp(socket)).isTrue();
    }
    everythingStillWorks();
  }

  /// Waits for the end of what the other side says; fails if it goes on to listen.
  private static boolean hangsUp(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  private int port(Channel channel) {
    String endpoint = client.socket(channel).getLastEndpoint();
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  @ParameterizedTest
  @EnumSource(Channel.class)
  void survivesAPeerThatSpeaksNoZmq(Channel channel) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(channel))) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      everythingStillWorks();
    }
    everythingStillWorks();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void survivesMessagesMadeAtRandom(long seed) {
    Random random = new Random(seed);
    Channel[] channels = {Channel.SHELL, Channel.CONTROL, Channel.STDIN};
    for (int i = 0; i < 2_500; i++) {
      client.send(channels[random.nextInt(channels.length)], randomFrames(random, i));
    }
    client.control("kernel_info_request", "{}").replies("ok");
    try (TestClient other = kernel.client()) {
      // What comes in behind a request that failed is aborted, as it should be.
      Exchange alive = other.execute("echo alive");
      while (alive.reply().get("status").getAsString().equals("aborted")) {
        alive = other.execute("echo alive");
      }
      alive.replies("ok").shows("alive");
      other.control("kernel_info_request", "{}").replies("ok");
    }
  }

  private List<byte[]> randomFrames(Random random, int number) {
    JsonObject header = client.header("random-" + number, pick(random, TYPES));
    JsonObject content = new JsonObject();
    for (int i = random.nextInt(4); i > 0; i--) {
      content.add(pick(random, FIELDS), value(pick(random, VALUES)));
    }
    List<byte[]> frames =
        random.nextInt(3) == 0
            ? client.frames(pick(random, VALUES), pick(random, VALUES), "{}", pick(random, VALUES))
            : client.frames(header, new JsonObject(), content);
    List<byte[]> mangled = new ArrayList<>(frames);
    switch (random.nextInt(6)) {
      case 0 -> mangled.remove(random.nextInt(mangled.size()));
      case 1 -> Collections.shuffle(mangled, random);
      case 2 -> random.nextBytes(mangled.get(random.nextInt(mangled.size())));
      case 3 -> mangled.add(random.nextInt(mangled.size()), new byte[random.nextInt(64)]);
      default -> {}
    }
    return mangled;
  }

  private static JsonElement value(String text) {
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException e) {
      return new JsonPrimitive(text);
    }
  }

  private static String pick(Random random, List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
