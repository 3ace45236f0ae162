package argosy.commands;

import argosy.engine.pool.WorkerSettings;
import argosy.engine.threads.JvmThreads;
import argosy.engine.threads.NativeThreads;
import argosy.engine.threads.ThreadUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says whether workers may run more threads at a time than there are processors, and what to do
/// about it. The kernel does not count: while workers compute, it waits.
final class ThreadLoad {

  private final WorkerSettings settings;
  private final ThreadUse kernel;
  private final List<ThreadUse> workers;
  private final int inside;
  private final int processors;

  /// @param workers the processes
  /// @param inside how many threads of the kernel are workers
  /// @param processors how many there are
  ThreadLoad(
      WorkerSettings settings,
      ThreadUse kernel,
      List<ThreadUse> workers,
      int inside,
      int processors) {
    this.settings = settings;
    this.kernel = kernel;
    this.workers = List.copyOf(workers);
    this.inside = inside;
    this.processors = processors;
  }

  private int count() {
    return workers.size() + inside;
  }

  /// {@return the processors that each worker can have for itself}
  private int share() {
    return Math.max(1, processors / count());
  }

  /// {@return one sentence, or nothing without workers}
  String text() {
    if (count() == 0) {
      return "";
    }
    long all = inside + workers.stream().mapToLong(each -> each.atATime(processors)).sum();
    String what =
        CountText.of(count(), "worker") + " may run " + CountText.of(all, "thread") + " at a time";
    String where = " on " + CountText.of(processors, "processor");
    if (all <= processors) {
      return what + where + ": that fits";
    }
    String whys =
        Stream.of(crowd(), java(), natives())
            .filter(why -> !why.isEmpty())
            .collect(Collectors.joining("; "));
    return what + ", which take turns" + where + ": " + whys;
  }

  private String crowd() {
    if (count() <= processors) {
      return "";
    }
    boolean isMixed = inside > 0 && !workers.isEmpty();
    return "there are more workers than processors, and "
        + (isMixed
            ? "%workers 0 ends those of both backends"
            : "%workers " + processors + " keeps one for each");
  }

  // ---- Java code

  private String java() {
    int most = workers.stream().mapToInt(ThreadUse::javaAtATime).max().orElse(0);
    return most <= share()
        ? ""
        : "Java code has %s%d in each, and %s"
            .formatted(
                workers.stream().allMatch(each -> each.javaAtATime() == most) ? "" : "up to ",
                most,
                remedyForJava());
  }

  private String remedyForJava() {
    Collection<String> variables = JvmThreads.variables();
    if (settings.jvmOptions().stream().noneMatch(JvmThreads::isMeantBy)) {
      return variables.isEmpty()
          ? freshStart()
          : "a kernel that is started without %s gives each its share"
              .formatted(String.join(", ", variables));
    }
    List<String> options = new ArrayList<>(settings.jvmOptions());
    options.removeIf(JvmThreads::isMeantBy);
    options.add(JvmThreads.PROCESSORS + share());
    return "%%workers %d --jvm \"%s\" gives each its share"
        .formatted(
            settings.count(),
            options.stream().map(ThreadLoad::quoted).collect(Collectors.joining(" ")));
  }

  private static String quoted(String option) {
    return option.matches("\\S+") ? option : "'" + option + "'";
  }

  /// Workers were started when there were fewer, and had a larger share.
  private String freshStart() {
    return "%workers 0 and then %workers " + settings.count() + " starts all with an equal share";
  }

  // ---- native libraries

  private String natives() {
    int most = workers.stream().mapToInt(each -> each.nativeAtATime(processors)).max().orElse(0);
    if (most <= share()) {
      return "";
    }
    Set<String> variables = new TreeSet<>();
    for (ThreadUse worker : workers) {
      NativeThreads natives = worker.natives();
      if (natives != null) {
        variables.addAll(natives.allowingMoreThan(share()));
      }
    }
    if (variables.isEmpty()) {
      return "native libraries take all processors in each where no variable is a number, and"
          + " OMP_NUM_THREADS=%d where the kernel is started limits them".formatted(share());
    }
    Set<String> inherited = new TreeSet<>(variables);
    inherited.retainAll(variablesOf(kernel.natives()));
    return "%s %s native libraries have up to %d in each, and %s"
        .formatted(
            String.join(", ", variables),
            variables.size() == 1 ? "lets" : "let",
            most,
            inherited.isEmpty()
                ? freshStart()
                : "a kernel that is started without gives each its share" + fewer(most));
  }

  private static Collection<String> variablesOf(@Nullable NativeThreads natives) {
    return natives == null ? List.of() : natives.limits().sequencedKeySet();
  }

  private String fewer(int most) {
    int fit = processors / most;
    return fit == 0 || inside > 0 ? "" : ", or %workers " + fit + " keeps as many as fit";
  }
}
