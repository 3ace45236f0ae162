package argosy.kernel.jupyter;

import argosy.kernel.interpreter.Completions;
import argosy.kernel.interpreter.Interpreter;
import com.google.gson.JsonObject;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Handles every request: cells go to the queue, anything else is answered on the calling thread,
/// also while a cell runs. Around each it says busy and idle, whatever happens.
final class RequestDesk {

  private static final System.Logger LOG = System.getLogger(RequestDesk.class.getName());

  /// Who knows the answers.
  ///
  /// @param interpreter done once the language has started
  /// @param shutdown called after a shutdown has been answered
  record Respondents(
      CompletableFuture<Interpreter> interpreter,
      ExecutionQueue executions,
      History history,
      CommDesk comms,
      Consumer<Request.Shutdown> shutdown) {}

  private final Session session;
  private final Respondents ask;

  RequestDesk(Session session, Respondents ask) {
    this.session = session;
    this.ask = ask;
  }

  void handle(Inbound message) {
    Request request;
    try {
      request = Request.of(message);
    } catch (BadRequestException e) {
      around(message, () -> Replies.error(e));
      return;
    }
    switch (request) {
      case Request.Execute execute -> ask.executions().add(message, execute);
      case Request.Query query -> {
        around(message, () -> answer(query));
        if (query instanceof Request.Shutdown end) {
          ask.shutdown().accept(end);
        }
      }
      case Request.CommMessage(Request.CommMessage.Kind kind) -> comm(kind, message);
      case Request.Unknown() -> {
        LOG.log(Level.DEBUG, () -> "Ignored a message of type " + message.type());
        if (message.isRequest()) {
          // Its sender may wait for an answer.
          around(message, () -> Replies.error(unknown(message)));
        }
      }
    }
  }

  private static BadRequestException unknown(Inbound message) {
    return new BadRequestException("this kernel does not answer a " + message.type());
  }

  private void comm(Request.CommMessage.Kind kind, Inbound message) {
    session.status("busy", message);
    try {
      ask.comms().handle(kind, message, () -> idle(message));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, () -> "Could not handle a message of type " + message.type(), e);
    }
  }

  private void idle(Inbound message) {
    session.status("idle", message);
    ask.executions().repeatBusy();
  }

  /// Computes an answer.
  @FunctionalInterface
  private interface Answer {
    /// {@return the content of the reply, or null if there is none}
    @Nullable JsonObject content() throws Exception;
  }

  private void around(Inbound message, Answer answer) {
    session.status("busy", message);
    try {
      JsonObject content = answer.content();
      if (content != null && message.isRequest()) {
        session.reply(message, content);
      }
    } catch (Throwable e) {
      LOG.log(Level.DEBUG, () -> "Could not answer a message of type " + message.type(), e);
      if (message.isRequest()) {
        session.reply(message, Replies.error(e));
      }
    } finally {
      idle(message);
    }
  }

  private JsonObject answer(Request.Query query) {
    return switch (query) {
      case Request.KernelInfo() -> Replies.kernelInfo();
      case Request.Complete(String code, int cursor) -> {
        Completions completions = ask.interpreter().join().complete(code, cursor);
        yield Replies.completions(code, completions);
      }
      case Request.Inspect(String code, int cursor, int detail) ->
          Replies.inspection(ask.interpreter().join().inspect(code, cursor, detail));
      case Request.IsComplete(String code) ->
          Replies.completeness(ask.interpreter().join().isComplete(code));
      case Request.History asked -> {
        JsonObject reply = Replies.ok();
        reply.add("history", ask.history().find(asked));
        yield reply;
      }
      case Request.CommInfo(@Nullable String target) -> {
        JsonObject reply = Replies.ok();
        reply.add("comms", ask.comms().info(target));
        yield reply;
      }
      case Request.Interrupt() -> {
        Interpreter running = ask.interpreter().getNow(null);
        if (running != null) {
          running.interrupt();
        }
        yield Replies.ok();
      }
      case Request.Shutdown(boolean restart) -> {
        JsonObject reply = Replies.ok();
        reply.addProperty("restart", restart);
        yield reply;
      }
    };
  }
}
