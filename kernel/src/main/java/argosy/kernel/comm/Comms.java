package argosy.kernel.comm;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The open comms of this process, and who answers when the browser opens one. Safe from any
/// thread.
public final class Comms {

  private static final Comms SHARED = new Comms();

  /// A message to the browser.
  ///
  /// @param type `comm_open`, `comm_msg` or `comm_close`
  /// @param comm the comm's id
  /// @param target the comm's target, which only `comm_open` says
  /// @param data anything that JSON can say
  /// @param metadata the same, beside the message
  /// @param buffers binary attachments
  public record Message(
      String type,
      String comm,
      String target,
      Map<String, ? extends @Nullable Object> data,
      Map<String, ?> metadata,
      List<byte[]> buffers) {}

  /// Where messages to the browser go.
  @FunctionalInterface
  public interface Outlet {
    /// Never blocks.
    void send(Message message);
  }

  private final Map<String, Comm> open = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<Comm, Map<String, @Nullable Object>>> targets =
      new ConcurrentHashMap<>();
  private volatile Outlet outlet = _ -> {};

  private Comms() {}

  /// {@return the comms of this process}
  public static Comms shared() {
    return SHARED;
  }

  /// Opens a comm to what the browser knows by a name.
  ///
  /// @param data the first message
  /// @param metadata such as the version of what is said
  public Comm open(
      String target, Map<String, ? extends @Nullable Object> data, Map<String, ?> metadata) {
    Comm comm = new Comm(this, UUID.randomUUID().toString().replace("-", ""), target);
    open.put(comm.id(), comm);
    outlet.send(new Message("comm_open", comm.id(), target, data, metadata, List.of()));
    return comm;
  }

  /// Says who answers when the browser opens a comm with this target.
  ///
  /// @param answer takes the comm and the first message, on the thread that all handlers share
  public void register(String target, BiConsumer<Comm, Map<String, @Nullable Object>> answer) {
    targets.put(target, answer);
  }

  /// {@return the id of each open comm with its target}
  public Map<String, String> all() {
    return open.values().stream().collect(Collectors.toMap(Comm::id, Comm::target));
  }

  void send(Comm comm, Message message) {
    if (open.containsKey(comm.id())) {
      outlet.send(message);
    }
  }

  void close(Comm comm) {
    if (open.remove(comm.id()) != null) {
      outlet.send(
          new Message("comm_close", comm.id(), comm.target(), Map.of(), Map.of(), List.of()));
    }
  }

  /// Says where messages to the browser go from now on; forgets the comms that were open to another
  /// one. For the protocol's side.
  public void connect(Outlet newOutlet) {
    open.clear();
    outlet = newOutlet;
  }

  /// Takes a comm that the browser has opened. For the protocol's side.
  ///
  /// @return what to run so that its target learns of it, or null if nobody answers to the target
  public @Nullable Runnable opened(String id, String target, Map<String, @Nullable Object> data) {
    var answer = targets.get(target);
    if (answer == null) {
      return null;
    }
    Comm comm = new Comm(this, id, target);
    open.put(id, comm);
    return () -> answer.accept(comm, data);
  }

  /// Hands a message to its comm, on the calling thread; one to a comm that is not open is dropped.
  /// For the protocol's side.
  public void received(String id, Map<String, @Nullable Object> data, List<byte[]> buffers) {
    Comm comm = open.get(id);
    if (comm != null) {
      comm.receive(data, buffers);
    }
  }

  /// Forgets a comm that the browser has closed. For the protocol's side.
  ///
  /// @return what to run so that its user learns of it
  public Runnable closed(String id) {
    Comm comm = open.remove(id);
    return comm == null ? () -> {} : comm::closed;
  }
}
