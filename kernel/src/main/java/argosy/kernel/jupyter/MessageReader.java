package argosy.kernel.jupyter;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Frames to messages. Trusts nobody: what is not signed with the key, not new, or not a message is
/// refused. Safe from any thread.
final class MessageReader {

  /// Stands between the identities and the message.
  static final String DELIMITER = "<IDS|MSG>";

  private static final byte[] DELIMITER_BYTES = DELIMITER.getBytes(StandardCharsets.US_ASCII);

  /// How many signatures are remembered. An attacker who replays an older message must have
  /// listened for that long.
  private static final int REMEMBERED = 8_192;

  private final Signer signer;
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  MessageReader(Signer signer) {
    this.signer = signer;
  }

  Inbound read(Channel channel, List<byte[]> frames) throws MalformedMessageException {
    int delimiter = delimiter(frames);
    List<byte[]> message = frames.subList(delimiter + 1, frames.size());
    if (message.size() < 5) {
      throw new MalformedMessageException("it has " + message.size() + " of at least 5 frames");
    }
    byte[] signature = message.getFirst();
    List<byte[]> signed = message.subList(1, 5);
    if (!signer.accepts(signature, signed)) {
      throw new MalformedMessageException("its signature is wrong");
    }
    refuseReplay(signature);
    JsonObject header = object("header", signed.get(0));
    try {
      new Fields(header).text("msg_type");
    } catch (BadRequestException e) {
      throw new MalformedMessageException("of its header, " + e.getMessage());
    }
    return new Inbound(
        channel,
        frames.subList(0, delimiter),
        header,
        object("parent header", signed.get(1)),
        object("metadata", signed.get(2)),
        object("content", signed.get(3)),
        message.subList(5, message.size()));
  }

  private static int delimiter(List<byte[]> frames) throws MalformedMessageException {
    for (int i = 0; i < frames.size(); i++) {
      if (Arrays.equals(frames.get(i), DELIMITER_BYTES)) {
        return i;
      }
    }
    throw new MalformedMessageException("it has no delimiter");
  }

  private void refuseReplay(byte[] signature) throws MalformedMessageException {
    if (!signer.signs()) {
      return;
    }
    synchronized (seen) {
      if (seen.putIfAbsent(new String(signature, StandardCharsets.US_ASCII), true) != null) {
        throw new MalformedMessageException("it came before");
      }
    }
  }

  private static JsonObject object(String what, byte[] frame) throws MalformedMessageException {
    try {
      JsonElement json = JsonParser.parseString(new String(frame, StandardCharsets.UTF_8));
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
      if (json.isJsonNull()) {
        return new JsonObject();
      }
      throw new MalformedMessageException("its " + what + " is no object");
    } catch (JsonParseException | NumberFormatException e) {
      throw new MalformedMessageException("its " + what + " is no JSON");
    }
  }
}
