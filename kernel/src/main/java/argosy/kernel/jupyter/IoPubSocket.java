package argosy.kernel.jupyter;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/// The publishing socket. It hears of subscriptions, and what basekernel's comms send through it
/// takes the same way as everything else.
final class IoPubSocket extends JupyterSocket {

  private static final Gson GSON = new Gson();

  private volatile @Nullable Session session;

  IoPubSocket(ZMQ.Context context) {
    super(
        context,
        SocketType.XPUB,
        HMACGenerator.NO_AUTH_INSTANCE,
        Logger.getLogger(IoPubSocket.class.getName()));
    setXpubVerbose(true);
  }

  /// Says who publishes through this socket.
  void speakFor(Session speaker) {
    session = speaker;
  }

  @Override
  public void bind(KernelConnectionProperties properties) {
    bind(formatAddress(properties.getTransport(), properties.getIp(), properties.getIopubPort()));
  }

  /// Publishes a message of basekernel's making. Any thread: another one does the sending.
  @Override
  public synchronized void sendMessage(Message<?> message) {
    Session speaker = Objects.requireNonNull(session, "nobody speaks through this socket yet");
    Header<?> parent = message.getParentHeader();
    List<byte[]> buffers = message.getBlobs();
    speaker.publish(
        message.getHeader().getType().getName(),
        parent == null ? new JsonObject() : json(parent),
        new Session.Body(
            object(message.getMetadata()),
            GSON.toJsonTree(message.getContent()).getAsJsonObject(),
            buffers == null ? List.of() : buffers));
  }

  private static JsonObject json(Header<?> header) {
    JsonObject json = new JsonObject();
    json.addProperty("msg_id", header.getId());
    json.addProperty("session", header.getSessionId());
    json.addProperty("username", header.getUsername());
    json.addProperty("date", header.getTimestamp().getDateString());
    json.addProperty("msg_type", header.getType().getName());
    json.addProperty("version", header.getVersion());
    return json;
  }

  private static JsonObject object(@Nullable Map<String, Object> map) {
    JsonElement json = JsonValues.of(map);
    return json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
  }
}
