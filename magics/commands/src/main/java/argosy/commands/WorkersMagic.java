package argosy.commands;

import argosy.WorkerLostException;
import argosy.engine.Workers;
import argosy.engine.pool.WorkerSettings;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `%workers`: starts, resizes, shows and stops the workers.
final class WorkersMagic implements Magic {

  private static final Pattern SIZE = Pattern.compile("(\\d+)([kKmMgGtT]?)");

  private final KernelContext kernel;
  private final Workers workers;

  WorkersMagic(KernelContext kernel, Workers workers) {
    this.kernel = kernel;
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

    (nothing)          shows the workers
    N                  so many; auto is one per processor; 0 stops them until they are needed again

    --backend NAME     processes (at first), threads or sequential
    --memory SIZE      the memory that the process of each may occupy, heap and all, but for what it
                       shares: a task that takes more is ended, a worker that keeps nearly as much
                       is replaced between tasks; auto sets no limit
    --idle TIME        stop the workers after such a time without a task, such as 90s, 10m or 1h;
                       auto keeps them
    --heap SIZE        the heap of each worker, such as 512m or 2g; auto leaves it to the JVM
    --jvm "OPTIONS"    options of each worker's JVM

    What is not said stays as it is. The value is a list of the workers.\
    """;
  }

  @Override
  public List<String> candidates() {
    return List.of("auto", "processes", "threads", "sequential");
  }

  @Override
  public @Nullable Object run(MagicCall call) throws MagicFailedException {
    List<String> words = call.words();
    if (!words.isEmpty()) {
      WorkerSettings before = workers.settings();
      WorkerSettings wanted = wanted(words, before);
      String refusal = Crowd.refusal(wanted);
      if (!refusal.isEmpty()) {
        throw new MagicFailedException(refusal);
      }
      warn(before, wanted);
      try {
        workers.configure(wanted);
      } catch (IllegalArgumentException e) {
        throw new MagicUsageException(String.valueOf(e.getMessage()));
      } catch (WorkerLostException e) {
        throw restored(before, e);
      }
    }
    return WorkerTable.of(workers);
  }

  /// With options that no worker starts with, every later call would fail too.
  private WorkerLostException restored(WorkerSettings before, WorkerLostException reason) {
    String text = reason.getMessage() + "\nThe settings from before hold again: ";
    try {
      workers.configure(before);
      return explained(text + WorkerTable.text(before), reason);
    } catch (WorkerLostException e) {
      WorkerLostException both =
          explained(text + WorkerTable.text(before) + ", with which none starts either", reason);
      both.addSuppressed(e);
      return both;
    }
  }

  private static WorkerLostException explained(String message, WorkerLostException reason) {
    Throwable cause = reason.getCause();
    return cause == null
        ? new WorkerLostException(message)
        : new WorkerLostException(message, cause);
  }

  /// Says before they start that so many may be too many, or what they may occupy too little.
  private void warn(WorkerSettings before, WorkerSettings wanted) {
    boolean isMore = wanted.count() > before.count() || !wanted.backend().equals(before.backend());
    boolean isTighter = wanted.memoryBytes() != before.memoryBytes();
    warn(isMore ? Crowd.warning(wanted) : "");
    warn(isTighter ? Crowd.tightness(wanted) : "");
  }

  private void warn(String warning) {
    if (!warning.isEmpty()) {
      kernel.currentCell().stderr(warning + "\n");
    }
  }

  private static WorkerSettings wanted(List<String> words, WorkerSettings now) {
    Deque<String> rest = new ArrayDeque<>(words);
    Integer count = null;
    String backend = now.backend();
    String heap = now.heap();
    List<String> jvm = now.jvmOptions();
    boolean jvmSaid = false;
    long memory = now.memoryBytes();
    Duration idle = now.idle();
    while (!rest.isEmpty()) {
      String word = rest.pop();
      switch (word) {
        case "--backend" -> backend = OptionWords.value(word, rest);
        case "--heap" -> heap = heap(OptionWords.value(word, rest));
        case "--memory" -> memory = bytes(heap(OptionWords.value(word, rest)));
        case "--idle" -> idle = idle(OptionWords.value(word, rest));
        case "--jvm" -> {
          List<String> options = new ArrayList<>(jvmSaid ? jvm : List.of());
          options.addAll(new MagicCall(OptionWords.value(word, rest), "", false, 1).words());
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
    int workers = count == null ? kept(now) : count;
    return new WorkerSettings(workers, backend, heap, jvm, memory, idle);
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
    if (bytes(value) < 1 << 20) {
      throw new MagicUsageException(
          "'%s' is less than a megabyte: without a unit it is bytes, with one 512m or 2g"
              .formatted(value));
    }
    return value;
  }

  /// {@return the bytes of a size as the JVM writes it}
  private static long bytes(@Nullable String size) {
    if (size == null) {
      return 0;
    }
    Matcher matcher = SIZE.matcher(size);
    try {
      if (matcher.matches()) {
        int unit = 1 + "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
        return Math.multiplyExact(
            Long.parseLong(matcher.group(1)), matcher.group(2).isEmpty() ? 1 : 1L << (10 * unit));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // More than any machine has.
    }
    throw new MagicUsageException("'" + size + "' is not a size such as 512m or 2g");
  }

  private static Duration idle(String value) {
    if (value.equals("auto")) {
      return Duration.ZERO;
    }
    Duration idle = DurationText.parse(value);
    if (idle == null || idle.isZero()) {
      throw new MagicUsageException("'" + value + "' is not a time such as 90s, 10m or 1h");
    }
    return idle;
  }
}
