package argosy.kernel.jupyter;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.DefaultReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import io.github.spencerpark.jupyter.messages.comm.CommOpenCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The open comms, which are basekernel's, with messages that are not.
final class Comms extends CommManager {

  private final Session session;

  /// @param iopub through which comms send
  Comms(Session session, IoPubSocket iopub) {
    this.session = session;
    targets = new ConcurrentHashMap<>();
    comms = new ConcurrentHashMap<>();
    setIOPubChannel(iopub);
  }

  /// {@return comm id to target name, as a reply lists them}
  JsonObject info(@Nullable String target) {
    JsonObject infos = new JsonObject();
    for (Comm comm : this) {
      if (target == null || target.equals(comm.getTargetName())) {
        JsonObject info = new JsonObject();
        info.addProperty("target_name", comm.getTargetName());
        infos.add(comm.getID(), info);
      }
    }
    return infos;
  }

  /// Hands a message to its comm; one to a comm that does not exist is dropped.
  void handle(Request.CommMessage.Kind kind, Inbound message) {
    Fields fields = new Fields(message.content());
    String id = fields.text("comm_id");
    JsonObject data = fields.object("data");
    switch (kind) {
      case OPEN -> open(message, new CommOpenCommand(id, fields.text("target_name"), data));
      case MESSAGE -> {
        var command = new CommMsgCommand(id, data);
        handleCommMsgCommand(
            new Surroundings(), context(message, CommMsgCommand.MESSAGE_TYPE, command));
      }
      case CLOSE -> {
        var command = new CommCloseCommand(id, data);
        handleCommCloseCommand(
            new Surroundings(), context(message, CommCloseCommand.MESSAGE_TYPE, command));
      }
    }
  }

  private void open(Inbound message, CommOpenCommand command) {
    boolean opened = false;
    try {
      if (getTarget(command.getTargetName()) != null) {
        handleCommOpenCommand(
            new Surroundings(), context(message, CommOpenCommand.MESSAGE_TYPE, command));
        opened = true;
      }
    } finally {
      if (!opened) {
        JsonObject close = new JsonObject();
        close.addProperty("comm_id", command.getCommID());
        close.add("data", new JsonObject());
        session.publish("comm_close", message, close);
      }
    }
  }

  /// {@return a message as basekernel wants it; what comms send next is a consequence of it}
  private <T> Message<T> context(Inbound message, MessageType<T> type, T content) {
    Fields header = new Fields(message.header());
    Map<String, Object> metadata = new HashMap<>(message.metadata().asMap());
    var context =
        new Message<>(
            message.identities(),
            new Header<>(
                header.text("msg_id", ""),
                header.text("username", ""),
                header.text("session", ""),
                new KernelTimestamp(header.text("date", "")),
                type,
                header.text("version", "")),
            null,
            metadata,
            content,
            message.buffers());
    setMessageContext(context);
    return context;
  }

  /// Says nothing of busy and idle: that is said already.
  private static final class Surroundings extends DefaultReplyEnvironment {
    private Surroundings() {
      super(null, null, null);
    }

    @Override
    public void setBusyDeferIdle() {}
  }
}
