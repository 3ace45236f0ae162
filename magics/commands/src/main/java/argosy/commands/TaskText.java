package argosy.commands;

import argosy.Task;
import argosy.engine.Workers;
import argosy.engine.schedule.Standing;
import argosy.kernel.display.Renderers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task as a cell shows it: how it stands, and its value if it has one.
final class TaskText {

  private static final int MAX_LENGTH = 10_000;

  private final Workers workers;

  TaskText(Workers workers) {
    this.workers = workers;
  }

  Map<String, Object> bundle(Task<?> task) {
    return Map.of("text/plain", text(task));
  }

  private String text(Task<?> task) {
    return switch (task.state()) {
      case RUNNING -> "Task (not done yet; get() waits for it)";
      case SUCCESS -> "Task (done): " + cut(asACellShows(task.resultNow()));
      case FAILED -> "Task (failed): " + shown(task.exceptionNow());
      case CANCELLED ->
          isRunning(task)
              ? "Task (cancelled; what it began runs to its end, unless %cancel or cancel(true) ends it)"
              : "Task (cancelled)";
    };
  }

  private boolean isRunning(Task<?> task) {
    return workers.tasks().stream()
        .anyMatch(t -> t.caller().equals(task) && t.phase() == Standing.Phase.ABANDONED);
  }

  private static String asACellShows(@Nullable Object value) {
    return String.valueOf(Renderers.shared().render(value).get("text/plain"));
  }

  private static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }

  /// An exception's `toString` is the user's code, which may throw.
  private static String shown(Throwable value) {
    try {
      return cut(String.valueOf(value));
    } catch (RuntimeException | StackOverflowError e) {
      return "a value whose toString threw " + e.getClass().getName();
    }
  }
}
