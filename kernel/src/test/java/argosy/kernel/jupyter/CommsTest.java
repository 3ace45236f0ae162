package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zeromq.ZMQ;

class CommsTest {

  private final ZMQ.Context context = ZMQ.context(1);
  private final IoPubSocket iopub = new IoPubSocket(context);
  private final List<List<byte[]>> sent = new ArrayList<>();
  private Comms comms;

  @BeforeEach
  void start() throws KernelStartException {
    Session session = new Session(Signer.of("hmac-sha256", ""), (_, frames) -> sent.add(frames));
    iopub.speakFor(session);
    comms = new Comms(session, iopub);
    comms.registerTarget("echo", (manager, id, target, _) -> new Echo(manager, id, target));
  }

  @AfterEach
  void stop() {
    iopub.close();
    context.close();
  }

  /// Sends back what it gets, twice: plain and with everything that a message can have.
  private static final class Echo extends Comm {
    private Echo(CommManager manager, String id, String target) {
      super(manager, id, target);
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
      send(message.getContent().getData());
      send(new JsonObject(), Map.of("ratio", Double.NaN), message.getBlobs());
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean sending) {}
  }

  private void handle(Request.CommMessage.Kind kind, String content) {
    JsonObject header = new JsonObject();
    header.addProperty("msg_id", "request-1");
    header.addProperty("msg_type", "comm_msg");
    comms.handle(
        kind,
        new Inbound(
            Channel.SHELL,
            List.of(),
            header,
            new JsonObject(),
            new JsonObject(),
            JsonParser.parseString(content).getAsJsonObject(),
            List.of(new byte[] {1, 2, 3})));
  }

  private JsonObject part(int message, int fromDelimiter) {
    byte[] frame = sent.get(message).get(fromDelimiter + 1);
    return JsonParser.parseString(new String(frame, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  @Test
  void carriesMessagesBothWays() {
    handle(Request.CommMessage.Kind.OPEN, "{comm_id: c, target_name: echo}");
    assertThat(comms.info(null)).hasToString("{\"c\":{\"target_name\":\"echo\"}}");
    assertThat(comms.info("other")).hasToString("{}");
    handle(Request.CommMessage.Kind.MESSAGE, "{comm_id: c, data: {x: [1]}}");
    assertThat(sent).hasSize(2);
    assertThat(part(0, 2).get("msg_type").getAsString()).isEqualTo("comm_msg");
    assertThat(part(0, 3).get("msg_id").getAsString()).isEqualTo("request-1");
    assertThat(part(0, 5)).hasToString("{\"comm_id\":\"c\",\"data\":{\"x\":[1]}}");
    assertThat(part(1, 4)).hasToString("{\"ratio\":null}");
    assertThat(sent.get(1).getLast()).containsExactly(1, 2, 3);
    handle(Request.CommMessage.Kind.CLOSE, "{comm_id: c}");
    assertThat(comms.info(null)).hasToString("{}");
  }

  @Test
  void closesTheOtherSide() {
    handle(Request.CommMessage.Kind.OPEN, "{comm_id: c, target_name: echo}");
    comms.getCommByID("c").close();
    assertThat(part(0, 2).get("msg_type").getAsString()).isEqualTo("comm_close");
    assertThat(comms.info(null)).hasToString("{}");
  }

  @Test
  void refusesATargetThatNobodyRegistered() {
    handle(Request.CommMessage.Kind.OPEN, "{comm_id: c, target_name: nobody}");
    assertThat(part(0, 2).get("msg_type").getAsString()).isEqualTo("comm_close");
    handle(Request.CommMessage.Kind.MESSAGE, "{comm_id: c, data: {}}");
    assertThat(sent).hasSize(1);
  }
}
