package argosy.kernel.jupyter;

import argosy.kernel.comm.Comms;
import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import argosy.kernel.interpreter.Interpreter;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries the messages of comms between the protocol and [Comms].
/*
 * Threads. Which comms are open changes where the messages come in, so that the next question about
 * it is answered rightly. The handlers of cells run on one thread of their own: a slow one holds up
 * other handlers, but no question and no cell.
 *
 * Output. A handler works for the message that it handles, as a cell does for its request; so what
 * it prints goes to where the sender expects it. A message counts as busy until then, because some
 * clients listen no longer once it is idle.
 */
final class CommDesk implements AutoCloseable {

  private static final Request.Execute NO_CODE =
      new Request.Execute("", false, false, Map.of(), false, false);

  private final Supplier<Interpreter> interpreter;
  private final Session session;
  private final InputRequests input;
  private final CellStreams streams;
  private final ScheduledExecutorService timer;
  private final Comms comms;
  private final ExecutorService handlers;

  /// @param interpreter the language of the cells; blocks until it has started
  CommDesk(
      Supplier<Interpreter> interpreter,
      Session session,
      InputRequests input,
      CellStreams streams,
      ScheduledExecutorService timer,
      ThreadFactory threads) {
    this.interpreter = interpreter;
    this.session = session;
    this.input = input;
    this.streams = streams;
    this.timer = timer;
    this.comms = Comms.shared();
    handlers = Executors.newSingleThreadExecutor(threads);
    comms.connect(this::send);
  }

  /// {@return comm id to target name, as a reply lists them}
  JsonObject info(@Nullable String target) {
    JsonObject infos = new JsonObject();
    comms
        .all()
        .forEach((id, name) -> {
          if (target == null || target.equals(name)) {
            JsonObject info = new JsonObject();
            info.addProperty("target_name", name);
            infos.add(id, info);
          }
        });
    return infos;
  }

  /// Handles a message, possibly later and on another thread.
  ///
  /// @param whenHandled run at the end, whatever happens
  void handle(Request.CommMessage.Kind kind, Inbound message, Runnable whenHandled) {
    Runnable handler;
    try {
      handler = handler(kind, message);
    } catch (RuntimeException e) {
      whenHandled.run();
      throw e;
    }
    try {
      handlers.execute(() -> {
        try {
          run(handler, message);
        } finally {
          whenHandled.run();
        }
      });
    } catch (RejectedExecutionException e) {
      whenHandled.run();
    }
  }

  private Runnable handler(Request.CommMessage.Kind kind, Inbound message) {
    Fields fields = new Fields(message.content());
    String id = fields.text("comm_id");
    Map<String, @Nullable Object> data = JsonValues.plain(fields.object("data"));
    return switch (kind) {
      case OPEN -> {
        Runnable opened = comms.opened(id, fields.text("target_name"), data);
        if (opened == null) {
          session.publish("comm_close", message, closing(id));
          yield () -> {};
        }
        yield opened;
      }
      case MESSAGE -> () -> comms.received(id, data, message.buffers());
      case CLOSE -> comms.closed(id);
    };
  }

  private static JsonObject closing(String id) {
    JsonObject close = new JsonObject();
    close.addProperty("comm_id", id);
    close.add("data", new JsonObject());
    return close;
  }

  private void run(Runnable handler, Inbound message) {
    var cell =
        new CellExecution(
            new CellExecution.Started(message, NO_CODE, 0), session, input, streams, timer);
    CellScope.enter(cell);
    try {
      interpreter.get().attend(handler);
    } catch (Throwable e) {
      cell.stderr(String.join("\n", Replies.failed(e).traceback()) + "\n");
    } finally {
      CellScope.leave();
      cell.end();
    }
  }

  /// What a cell or a handler sends is a consequence of its own request.
  private void send(Comms.Message message) {
    JsonObject content = new JsonObject();
    content.addProperty("comm_id", message.comm());
    if (message.type().equals("comm_open")) {
      content.addProperty("target_name", message.target());
    }
    content.add("data", JsonValues.of(message.data()));
    Session.Body body =
        new Session.Body(
            JsonValues.of(message.metadata()).getAsJsonObject(),
            content,
            List.copyOf(message.buffers()));
    CellIo current = CellScope.current();
    if (current instanceof CellExecution cell) {
      cell.publish(message.type(), body);
    } else {
      session.publish(message.type(), new JsonObject(), body);
    }
  }

  @Override
  public void close() {
    handlers.shutdownNow();
  }
}
