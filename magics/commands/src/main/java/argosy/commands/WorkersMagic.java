package argosy.commands;

import argosy.engine.Workers;
import argosy.engine.pool.WorkerSettings;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `%workers`: starts, resizes, shows and stops the workers.
final class WorkersMagic implements Magic {

  private static final Pattern HEAP = Pattern.compile("\\d+[kKmMgGtT]?");

  private final Workers workers;

  WorkersMagic(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String name() {
    return "workers";
  }

  @Override
  public Kind kind() {
    return Kind.LINE;
  }

  @Override
  public String summary() {
    return "Starts, resizes, shows or stops the workers.";
  }

  @Override
  public String usage() {
    return """
    %workers [N|auto|0] [options]

    without arguments  shows the workers
    N                  so many; auto is one per processor; 0 stops them until they are needed again

    --backend NAME     processes (at first), threads or sequential
    --heap SIZE        the heap of each worker, such as 512m or 2g; auto leaves it to the JVM
    --jvm "OPTIONS"    options of each worker's JVM

    What is not said stays as it is. The value is a list of the workers.\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) {
    List<String> words = call.words();
    if (!words.isEmpty()) {
      WorkerSettings wanted = wanted(words, workers.settings());
      try {
        workers.configure(wanted);
      } catch (IllegalArgumentException e) {
        throw new MagicUsageException(String.valueOf(e.getMessage()));
      }
    }
    return new WorkerTable(workers.settings(), workers.status());
  }

  private static WorkerSettings wanted(List<String> words, WorkerSettings now) {
    Deque<String> rest = new ArrayDeque<>(words);
    Integer count = null;
    String backend = now.backend();
    String heap = now.heap();
    List<String> jvm = now.jvmOptions();
    boolean jvmSaid = false;
    while (!rest.isEmpty()) {
      String word = rest.pop();
      switch (word) {
        case "--backend" -> backend = value(word, rest);
        case "--heap" -> heap = heap(value(word, rest));
        case "--jvm" -> {
          List<String> options = new ArrayList<>(jvmSaid ? jvm : List.of());
          options.addAll(new MagicCall(value(word, rest), "", false, 1).words());
          jvm = options;
          jvmSaid = true;
        }
        default -> {
          if (word.startsWith("-") || count != null) {
            throw new MagicUsageException("'" + word + "' is not understood");
          }
          count = count(word);
        }
      }
    }
    return new WorkerSettings(count == null ? kept(now) : count, backend, heap, jvm);
  }

  private static int kept(WorkerSettings now) {
    return now.count() == 0 ? processors() : now.count();
  }

  private static int count(String word) {
    if (word.equals("auto")) {
      return processors();
    }
    try {
      return Integer.parseUnsignedInt(word);
    } catch (NumberFormatException _) {
      throw new MagicUsageException("'" + word + "' is not a number of workers");
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static @Nullable String heap(String value) {
    if (value.equals("auto")) {
      return null;
    }
    if (!HEAP.matcher(value).matches()) {
      throw new MagicUsageException("'" + value + "' is not a size such as 512m or 2g");
    }
    return value;
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new MagicUsageException(option + " takes a value");
    }
    return rest.pop();
  }
}
