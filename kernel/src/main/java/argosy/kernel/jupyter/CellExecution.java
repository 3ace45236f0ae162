package argosy.kernel.jupyter;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.NoInputException;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/// One execution of a cell: everything that it says goes to the request that it came with, however
/// late.
final class CellExecution implements CellIo {

  private final Inbound request;
  private final int number;
  private final Request.Execute execute;
  private final Session session;
  private final InputRequests input;
  private final OutputLimit limit;
  private final OutputBatch batch;
  private final Utf8Decoder stdoutDecoder = new Utf8Decoder();
  private final Utf8Decoder stderrDecoder = new Utf8Decoder();
  private final TraceText stdoutTraces;
  private final TraceText stderrTraces;
  private volatile boolean ended;

  CellExecution(
      Started started,
      Session session,
      InputRequests input,
      CellStreams streams,
      ScheduledExecutorService timer) {
    this.stdoutTraces = streams.traces();
    this.stderrTraces = streams.traces();
    this.request = started.request();
    this.number = started.number();
    this.execute = started.execute();
    this.session = session;
    this.input = input;
    this.limit = new OutputLimit(timer, this::stream);
    this.batch = new OutputBatch(timer, limit);
  }

  /// What was asked, and as which number it runs.
  record Started(Inbound request, Request.Execute execute, int number) {}

  @Override
  public int number() {
    return number;
  }

  @Override
  public void stdout(String text) {
    append(StreamName.STDOUT, text);
  }

  @Override
  public void stderr(String text) {
    append(StreamName.STDERR, text);
  }

  private TraceText traces(StreamName stream) {
    return switch (stream) {
      case STDOUT -> stdoutTraces;
      case STDERR -> stderrTraces;
    };
  }

  private void append(StreamName stream, String text) {
    TraceText traces = traces(stream);
    synchronized (traces) {
      batch.append(stream, traces.readable(text));
    }
  }

  /// Sends all that was written, then runs a short action.
  private void flushThen(Runnable action) {
    for (StreamName stream : StreamName.values()) {
      TraceText traces = traces(stream);
      synchronized (traces) {
        batch.append(stream, traces.rest());
      }
    }
    batch.flushThen(action);
  }

  /// Appends bytes to a stream; they may end inside a character.
  void write(StreamName stream, byte[] bytes, int offset, int length) {
    Utf8Decoder decoder =
        switch (stream) {
          case STDOUT -> stdoutDecoder;
          case STDERR -> stderrDecoder;
        };
    synchronized (decoder) {
      append(stream, decoder.decode(bytes, offset, length));
    }
  }

  @Override
  public String display(Map<String, Object> bundle) {
    String id = session.newId();
    show("display_data", id, bundle);
    return id;
  }

  @Override
  public void update(String displayId, Map<String, Object> bundle) {
    show("update_display_data", displayId, bundle);
  }

  private void show(String type, String displayId, Map<String, Object> bundle) {
    JsonObject content = new JsonObject();
    content.add("data", MimeBundles.of(bundle));
    content.add("metadata", new JsonObject());
    JsonObject identity = new JsonObject();
    identity.addProperty("display_id", displayId);
    content.add("transient", identity);
    publish(type, content);
  }

  @Override
  public void clearOutput(boolean wait) {
    JsonObject content = new JsonObject();
    content.addProperty("wait", wait);
    publish("clear_output", content);
    limit.reset();
  }

  @Override
  public String readLine(String prompt) throws InterruptedException {
    return ask(prompt, false);
  }

  @Override
  public String readPassword(String prompt) throws InterruptedException {
    return ask(prompt, true);
  }

  private String ask(String prompt, boolean password) throws InterruptedException {
    if (!execute.allowsInput()) {
      throw new NoInputException(
          "the client of this cell offers no input (allow_stdin is false): run it in a notebook or"
              + " console that can ask you");
    }
    if (ended) {
      throw new NoInputException(
          "Cell [" + number + "] has ended, and only a running cell can ask for input");
    }
    flushThen(limit::release);
    return input.ask(request, prompt, password);
  }

  /// Publishes something after everything that was written before.
  void publish(String type, JsonObject content) {
    publish(type, Session.Body.of(content));
  }

  /// Publishes something with all that a message can have, after what was written before.
  void publish(String type, Session.Body body) {
    if (!execute.silent()) {
      flushThen(() -> {
        limit.release();
        session.publish(type, request.header(), body);
      });
    }
  }

  private void stream(StreamName stream, String text) {
    if (!execute.silent()) {
      JsonObject content = new JsonObject();
      content.addProperty("name", stream.wireName());
      content.addProperty("text", text);
      session.publish("stream", request, content);
    }
  }

  /// Sends what was written so far. What is written from now on is sent too, a little later.
  void end() {
    ended = true;
    flushThen(limit::release);
  }
}
