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

/// `%tasks`: shows what runs and what waits, and what a stuck task is doing.
final class TasksMagic implements Magic {

  private final KernelContext kernel;
  private final Workers workers;

  TasksMagic(KernelContext kernel, Workers workers) {
    this.kernel = kernel;
    this.workers = workers;
  }

  @Override
  public String name() {
    return "tasks";
  }

  @Override
  public Kind kind() {
    return Kind.LINE;
  }

  @Override
  public String summary() {
    return "Shows the tasks that run or wait, and what their threads are doing.";
  }

  @Override
  public String usage() {
    return """
    %tasks                   the tasks that run or wait: where, since when, from which cell
    %tasks --dump            what the threads of all workers are doing, with the lines of the cells
    %tasks --dump WORKER...  the same of these workers only

    The value is a list. %cancel ends a task by its number.\
    """;
  }

  @Override
  public Object run(MagicCall call) {
    List<String> words = call.words();
    NamedTasks names = new NamedTasks(kernel.variables());
    if (words.isEmpty()) {
      return new TaskTable(workers.tasks(), names);
    }
    if (!words.getFirst().equals("--dump")) {
      throw new MagicUsageException("'" + words.getFirst() + "' is not understood");
    }
    Set<Integer> chosen = chosen(words.subList(1, words.size()));
    List<TaskStatus> tasks = workers.tasks();
    return new ThreadTexts(
        workers.threads(worker -> chosen.isEmpty() || chosen.contains(worker)), tasks, names);
  }

  private Set<Integer> chosen(List<String> words) {
    List<Integer> all = workers.status().stream().map(WorkerStatus::number).toList();
    Set<Integer> chosen = new HashSet<>();
    for (String word : words) {
      int number = all.indexOf(number(word));
      if (number < 0) {
        throw new MagicUsageException("there is no worker " + word + "; there are " + all);
      }
      chosen.add(all.get(number));
    }
    return chosen;
  }

  private static int number(String word) {
    try {
      return Integer.parseUnsignedInt(word);
    } catch (NumberFormatException _) {
      throw new MagicUsageException("'" + word + "' is not the number of a worker");
    }
  }
}
