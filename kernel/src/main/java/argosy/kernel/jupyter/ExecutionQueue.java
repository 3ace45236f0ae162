package argosy.kernel.jupyter;

import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.interpreter.CellScope;
import argosy.kernel.interpreter.Interpreter;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The thread that runs cells, one after the other, and the cells that wait for it.
final class ExecutionQueue implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ExecutionQueue.class.getName());

  /// Java compiles deeply nested code by deep recursion. Reserved, not used, until needed.
  private static final long STACK_BYTES = 64L << 20;

  private sealed interface Item {
    record Run(Inbound request, Request.Execute execute) implements Item {}

    /// Everything that was sent before a failure was known has been taken.
    record AbortedAll() implements Item {}
  }

  /// What a cell needs from its surroundings.
  ///
  /// @param afterInput runs an action after every request that has come in by now was handed on
  record Surroundings(
      Session session,
      InputRequests input,
      History history,
      CellStreams streams,
      ScheduledExecutorService timer,
      Consumer<Runnable> afterInput) {}

  private final Supplier<Interpreter> interpreter;
  private final Surroundings around;
  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Thread thread;

  /// How many cells were stored; one without any code is not. Confined to the thread.
  private int counter;

  private boolean aborting;
  private volatile boolean closed;

  /// Held while the state of the kernel is told.
  private final Object status = new Object();

  /// Guarded by [#status].
  private boolean running;

  ExecutionQueue(Supplier<Interpreter> interpreter, Surroundings around) {
    this.interpreter = interpreter;
    this.around = around;
    thread = new Thread(null, this::run, "argosy/cells", STACK_BYTES);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /// Puts a cell at the end. Never blocks.
  void add(Inbound request, Request.Execute execute) {
    items.add(new Item.Run(request, execute));
  }

  /// Runs no further cell. Does not wait for the one that runs.
  @Override
  public void close() {
    closed = true;
    items.add(new Item.AbortedAll());
  }

  private void run() {
    while (!closed) {
      try {
        switch (items.take()) {
          case Item.AbortedAll() -> aborting = false;
          case Item.Run(Inbound request, Request.Execute execute) -> {
            if (aborting) {
              abort(request);
            } else {
              run(request, execute);
            }
          }
        }
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "An interrupt came after its cell had ended", e);
      } catch (Throwable e) {
        LOG.log(Level.WARNING, "A cell could not be run", e);
      }
    }
  }

  private void abort(Inbound request) {
    Session session = around.session();
    session.status("busy", request);
    session.reply(request, Replies.aborted());
    session.status("idle", request);
  }

  private void run(Inbound request, Request.Execute execute) {
    Session session = around.session();
    begin(request);
    JsonObject reply;
    try {
      reply = execute(request, execute);
    } catch (Throwable e) {
      reply = Replies.error(e);
    }
    boolean failed = !reply.get("status").getAsString().equals("ok");
    if (failed && execute.stopsOnError() && !execute.silent()) {
      aborting = true;
      around.afterInput().accept(() -> items.add(new Item.AbortedAll()));
    }
    session.reply(request, reply);
    end(request);
  }

  private void begin(Inbound request) {
    synchronized (status) {
      running = true;
      around.session().status("busy", request);
    }
  }

  private void end(Inbound request) {
    synchronized (status) {
      running = false;
      around.session().status("idle", request);
    }
  }

  /// Says once more that the kernel is busy if it is. Clients take the last state that they heard
  /// of for the kernel's, whatever request it belonged to, and a question that is answered while a
  /// cell runs ends with idle.
  void repeatBusy() {
    synchronized (status) {
      if (running) {
        around.session().status("busy", null);
      }
    }
  }

  private JsonObject execute(Inbound request, Request.Execute execute) {
    boolean stores = execute.store() && !execute.code().isBlank();
    int number = stores ? ++counter : counter + 1;
    var cell =
        new CellExecution(
            new CellExecution.Started(request, execute, number),
            around.session(),
            around.input(),
            around.streams(),
            around.timer());
    JsonObject echo = new JsonObject();
    echo.addProperty("code", execute.code());
    echo.addProperty("execution_count", number);
    cell.publish("execute_input", echo);
    if (stores) {
      around.history().add(number, execute.code());
    }
    if (!execute.silent()) {
      around.streams().ran(cell);
    }
    CellScope.enter(cell);
    try {
      JsonObject reply = show(outcome(execute.code(), cell), execute, cell);
      reply.addProperty("execution_count", counter);
      return reply;
    } finally {
      CellScope.leave();
      cell.end();
      Thread.interrupted();
    }
  }

  private CellOutcome outcome(String code, CellExecution cell) {
    try {
      return interpreter.get().execute(code, cell);
    } catch (Throwable e) {
      return Replies.failed(e);
    }
  }

  private JsonObject show(CellOutcome outcome, Request.Execute execute, CellExecution cell) {
    return switch (outcome) {
      case CellOutcome.Value(Map<String, Object> bundle) -> {
        JsonObject data = MimeBundles.of(bundle);
        JsonObject result = new JsonObject();
        result.addProperty("execution_count", cell.number());
        result.add("data", data);
        result.add("metadata", new JsonObject());
        cell.publish("execute_result", result);
        if (execute.store()) {
          around.history().result(cell.number(), data.get("text/plain").getAsString());
        }
        yield success(execute, cell);
      }
      case CellOutcome.Nothing() -> success(execute, cell);
      case CellOutcome.Failed failed -> {
        cell.publish("error", Replies.failure(failed));
        yield Replies.error(failed);
      }
    };
  }

  private JsonObject success(Request.Execute execute, CellExecution cell) {
    JsonObject values = new JsonObject();
    execute
        .expressions()
        .forEach((name, code) -> values.add(name, Replies.expression(value(code, cell))));
    JsonObject reply = Replies.ok();
    reply.add("user_expressions", values);
    reply.add("payload", new JsonArray());
    return reply;
  }

  private CellOutcome value(String expression, CellExecution cell) {
    try {
      return interpreter.get().evaluate(expression, cell);
    } catch (Throwable e) {
      return Replies.failed(e);
    }
  }
}
