package argosy.kernel.comm;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A connection between code in cells and something in the browser. Safe from any thread.
public final class Comm {

  /// Takes a message.
  @FunctionalInterface
  public interface Receiver {
    /// Called on the thread that all handlers share.
    ///
    /// @param data JSON as maps, lists, strings, numbers, booleans and nulls
    void received(Map<String, @Nullable Object> data, List<byte[]> buffers);
  }

  private final Comms comms;
  private final String id;
  private final String target;
  private volatile Receiver receiver = (_, _) -> {};
  private volatile Runnable onClose = () -> {};

  Comm(Comms comms, String id, String target) {
    this.comms = comms;
    this.id = id;
    this.target = target;
  }

  /// {@return the id by which both sides know this comm}
  public String id() {
    return id;
  }

  /// {@return the name under which the browser finds what belongs to this comm}
  public String target() {
    return target;
  }

  /// Sends a message; one on a closed comm goes nowhere. Never blocks.
  ///
  /// @param data anything that JSON can say
  public void send(Map<String, ? extends @Nullable Object> data) {
    send(data, List.of());
  }

  /// Sends a message with binary attachments.
  public void send(Map<String, ? extends @Nullable Object> data, List<byte[]> buffers) {
    comms.send(this, new Comms.Message("comm_msg", id, target, data, Map.of(), buffers));
  }

  /// Says what to do with messages from now on.
  public void onMessage(Receiver newReceiver) {
    receiver = newReceiver;
  }

  /// Says what to do when the browser closes this comm.
  public void onClose(Runnable action) {
    onClose = action;
  }

  /// Closes the comm on both sides. Idempotent.
  public void close() {
    comms.close(this);
  }

  void receive(Map<String, @Nullable Object> data, List<byte[]> buffers) {
    receiver.received(data, buffers);
  }

  void closed() {
    onClose.run();
  }
}
