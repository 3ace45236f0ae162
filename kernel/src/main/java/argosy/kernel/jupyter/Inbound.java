package argosy.kernel.jupyter;

import com.google.gson.JsonObject;
import java.util.List;

/// A message from a client.
///
/// @param channel where it came in and where its reply goes out
/// @param identities what routes the reply to its client
/// @param header as it came; a reply repeats it as its parent header
/// @param parent the header of the message that this one answers, empty if there is none
/// @param metadata as it came
/// @param content as it came
/// @param buffers binary attachments
record Inbound(
    Channel channel,
    List<byte[]> identities,
    JsonObject header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> buffers) {

  Inbound {
    identities = List.copyOf(identities);
    buffers = List.copyOf(buffers);
  }

  /// {@return the message type, such as `execute_request`}
  String type() {
    return header.get("msg_type").getAsString();
  }

  /// {@return whether the sender waits for a reply}
  boolean isRequest() {
    return type().endsWith("_request");
  }

  /// {@return the type of the reply, such as `execute_reply`}
  String replyType() {
    return type().substring(0, type().length() - "request".length()) + "reply";
  }
}
