package argosy.commands;

import argosy.engine.Workers;
import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerStatus;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `%cancel`: ends tasks, first softly, then by their process.
final class CancelMagic implements Magic {

  /// Ten times as long as a task has until its process is ended.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long LOOK_MILLIS = 10;

  /// How many words completion offers besides `all`.
  private static final int SUGGESTED = 100;

  private final KernelContext kernel;
  private final Workers workers;

  CancelMagic(KernelContext kernel, Workers workers) {
    this.kernel = kernel;
    this.workers = workers;
  }

  @Override
  public String name() {
    return "cancel";
  }

  @Override
  public Kind kind() {
    return Kind.LINE;
  }

  @Override
  public String summary() {
    return "Ends tasks that run or wait.";
  }

  @Override
  public String usage() {
    return """
    %cancel TASK...   ends tasks by their numbers, as %tasks shows them, or by the variables that
                      hold them; one input of a job ends the job
    %cancel all       ends all tasks

    A task that runs is interrupted, and its loops stop by themselves. After half a second its worker's
    process is ended, and another worker takes its place. Whoever waits for the task gets a
    CancellationException.\
    """;
  }

  @Override
  public List<String> candidates() {
    NamedTasks names = new NamedTasks(kernel.variables());
    Stream<String> tasks =
        workers.tasks().stream()
            .flatMap(task -> Stream.of(names.nameOf(task), String.valueOf(task.number())))
            .filter(word -> !word.isEmpty())
            .limit(SUGGESTED);
    return Stream.concat(tasks, Stream.of("all")).toList();
  }

  @Override
  public @Nullable Object run(MagicCall call) throws InterruptedException {
    List<String> words = call.words();
    if (words.isEmpty()) {
      throw new MagicUsageException("which task? Say its number or its name");
    }
    NamedTasks names = new NamedTasks(kernel.variables());
    List<TaskStatus> cancelled = workers.cancel(chosen(words, names));
    if (cancelled.isEmpty()) {
      kernel.currentCell().stdout("No task runs or waits\n");
      return null;
    }
    List<TaskStatus> late = awaitEnd(cancelled);
    kernel.currentCell().stdout(report(cancelled, late, names));
    return null;
  }

  private Predicate<TaskStatus> chosen(List<String> words, NamedTasks names) {
    if (words.equals(List.of("all"))) {
      return _ -> true;
    }
    List<TaskStatus> tasks = workers.tasks();
    Predicate<TaskStatus> any = _ -> false;
    for (String word : words) {
      Predicate<TaskStatus> one = chosen(word, names);
      if (tasks.stream().noneMatch(one)) {
        throw new MagicUsageException(
            "no task '" + word + "' runs or waits; %tasks shows those that do");
      }
      any = any.or(one);
    }
    return any;
  }

  private static Predicate<TaskStatus> chosen(String word, NamedTasks names) {
    try {
      long number = Long.parseLong(word);
      return task -> task.hasNumber(number);
    } catch (NumberFormatException _) {
      return task -> names.nameOf(task).equals(word);
    }
  }

  /// {@return those that have not ended after some seconds}
  private List<TaskStatus> awaitEnd(List<TaskStatus> cancelled) throws InterruptedException {
    long start = System.nanoTime();
    Set<Long> numbers = cancelled.stream().map(TaskStatus::number).collect(Collectors.toSet());
    while (true) {
      List<TaskStatus> late =
          workers.tasks().stream().filter(task -> numbers.contains(task.number())).toList();
      if (late.isEmpty() || System.nanoTime() - start > PATIENCE_NANOS) {
        return late;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private String report(List<TaskStatus> cancelled, List<TaskStatus> late, NamedTasks names) {
    StringBuilder text = new StringBuilder();
    int count = cancelled.stream().mapToInt(TaskStatus::count).sum();
    TaskStatus first = cancelled.getFirst();
    text.append("Cancelled ");
    text.append(cancelled.size() == 1 ? names.inWords(first) : count + " tasks").append('\n');
    Set<Long> living = new HashSet<>(workers.status().stream().map(WorkerStatus::pid).toList());
    cancelled.stream()
        .filter(task -> task.worker() > 0 && task.pid() > 0 && !living.contains(task.pid()))
        .collect(Collectors.toMap(TaskStatus::worker, TaskStatus::pid, (a, _) -> a))
        .forEach((worker, pid) ->
            text.append(
                "Worker %d (pid %d) was ended, because its task did not give in%n"
                    .formatted(worker, pid)));
    for (TaskStatus task : late) {
      text.append("On ").append(WorkerName.inWords(task.worker(), task.pid())).append(", ");
      text.append(names.inWords(task)).append(" has not ended yet; %tasks shows it\n");
    }
    return text.toString();
  }
}
