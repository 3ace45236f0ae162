package argosy.commands;

import argosy.commands.TimelineView.Row;
import argosy.engine.timeline.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes a timeline in the trace-event format, which Perfetto and Chrome open: each backend is a
/// process, each worker a thread, each bar a complete event.
final class TimelineTrace {

  private static final List<String> BACKENDS = List.of("processes", "threads", "sequential");

  private TimelineTrace() {}

  static String of(TimelineView view) {
    List<String> events = new ArrayList<>();
    for (Row row : view.rows()) {
      int process = BACKENDS.indexOf(row.lane().backend()) + 1;
      events.add(name("process_name", process, 0, row.lane().backend()));
      events.add(name("thread_name", process, row.lane().worker(), row.label()));
      for (Bar bar : row.bars()) {
        events.add(event(view, bar, process, row.lane().worker()));
      }
    }
    return "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n"
        + String.join(",\n", events.stream().distinct().toList())
        + "\n]}\n";
  }

  private static String name(String what, int process, int worker, String name) {
    return "{\"ph\":\"M\",\"name\":\"%s\",\"pid\":%d,\"tid\":%d,\"args\":{\"name\":%s}}"
        .formatted(what, process, worker, quoted(name));
  }

  private static String event(TimelineView view, Bar bar, int process, int worker) {
    Bar.Ends ends = bar.ends();
    return String.format(
        Locale.ROOT,
        "{\"ph\":\"X\",\"name\":%s,\"cat\":%s,\"pid\":%d,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f,"
            + "\"args\":{\"task\":%d,\"tasks\":%d,\"busy µs\":%.3f,\"failed\":%d,"
            + "\"cancelled or out of time\":%d,\"lost with its worker\":%d,\"running\":%b}}",
        quoted(view.kinds().get(view.kindOf(bar)).name()),
        quoted(bar.cell()),
        process,
        worker,
        (bar.begin() - view.begin()) / 1e3,
        (bar.end() - bar.begin()) / 1e3,
        bar.number(),
        bar.count(),
        bar.busyNanos() / 1e3,
        ends.failed(),
        ends.stopped(),
        ends.lost(),
        bar.isRunning());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
