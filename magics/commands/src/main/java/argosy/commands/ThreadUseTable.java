package argosy.commands;

import argosy.engine.Workers;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.threads.CpuUse;
import argosy.engine.threads.JvmThreads;
import argosy.engine.threads.NativeThreads;
import argosy.engine.threads.ThreadReport;
import argosy.engine.threads.ThreadUse;
import argosy.kernel.extension.Table;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The threads of the kernel and of the workers, as `%threads` gives them: a list for code, a table
/// for the eye.
final class ThreadUseTable extends AbstractList<ThreadUse> {

  private final WorkerSettings settings;
  private final ThreadReport report;
  private final int workersInside;
  private final int processors;

  /// @param workersInside how many threads of the kernel are workers
  /// @param processors how many there are
  ThreadUseTable(WorkerSettings settings, ThreadReport report, int workersInside, int processors) {
    this.settings = settings;
    this.report = report;
    this.workersInside = workersInside;
    this.processors = processors;
  }

  static ThreadUseTable of(Workers workers) throws InterruptedException {
    ThreadReport report = workers.threadReport();
    long pid = ProcessHandle.current().pid();
    int inside = (int) workers.status().stream().filter(each -> each.pid() == pid).count();
    int processors = Runtime.getRuntime().availableProcessors();
    return new ThreadUseTable(workers.settings(), report, inside, processors);
  }

  @Override
  public ThreadUse get(int index) {
    return index == 0 ? report.kernel() : report.workers().get(index - 1);
  }

  @Override
  public int size() {
    return 1 + report.workers().size();
  }

  @Override
  public String toString() {
    return table().toString();
  }

  Map<String, Object> bundle() {
    return table().bundle();
  }

  private Table table() {
    List<Column> columns = columns();
    return new Table(
        columns.stream().map(Column::title).toList(),
        stream().map(use -> columns.stream().map(each -> each.text.apply(use)).toList()).toList(),
        note());
  }

  /// One column, which is shown if anything is known for it.
  private record Column(String title, Function<ThreadUse, String> text) {}

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("process", this::name));
    columns.add(new Column("pid", use -> use.pid() < 0 ? "" : String.valueOf(use.pid())));
    add(columns, "processors", ThreadUse::jvm, JvmThreads::processors);
    add(columns, "common pool", ThreadUse::jvm, JvmThreads::commonPool);
    add(columns, "threads", ThreadUse::cpu, CpuUse::threads);
    add(columns, "busy", ThreadUse::cpu, CpuUse::busy);
    add(columns, "CPU %", ThreadUse::cpu, CpuUse::percent);
    add(columns, "native limit", ThreadUse::natives, ThreadUseTable::limit);
    add(columns, "native libraries", ThreadUse::natives, ThreadUseTable::libraries);
    return columns;
  }

  private <T> void add(
      List<Column> columns,
      String title,
      Function<ThreadUse, @Nullable T> part,
      Function<T, Object> text) {
    if (stream().map(part).anyMatch(each -> each != null)) {
      columns.add(
          new Column(
              title,
              use -> {
                T known = part.apply(use);
                return known == null ? "" : String.valueOf(text.apply(known));
              }));
    }
  }

  private String name(ThreadUse use) {
    if (use.worker() > 0) {
      return "worker " + use.worker();
    }
    return workersInside == 0 ? "kernel" : "kernel, with " + CountText.of(workersInside, "worker");
  }

  private static String libraries(NativeThreads natives) {
    return natives.libraries().isEmpty() ? "none" : String.join(", ", natives.libraries());
  }

  /// {@return the number that most variables say, if all say one, and what else they say}
  static String limit(NativeThreads natives) {
    SequencedMap<String, String> limits = natives.limits();
    if (limits.isEmpty()) {
      return "none";
    }
    String usual =
        limits.size() < NativeThreads.VARIABLES.size()
            ? null
            : Collections.max(
                limits.values(), (a, b) -> Integer.compare(count(limits, a), count(limits, b)));
    Stream<String> others =
        limits.entrySet().stream()
            .filter(each -> !each.getValue().equals(usual))
            .map(each -> each.getKey() + "=" + each.getValue());
    return Stream.concat(Stream.ofNullable(usual), others).collect(Collectors.joining(", "));
  }

  private static int count(SequencedMap<String, String> limits, String value) {
    return Collections.frequency(limits.values(), value);
  }

  private String note() {
    boolean areThere = workersInside > 0 || !report.workers().isEmpty();
    String plan = areThere ? "" : plan();
    String load = (areThere ? load(report.workers(), workersInside) : plannedLoad()).text();
    return plan.isEmpty() || load.isEmpty() ? plan + load : plan + "\n" + load;
  }

  private String plan() {
    if (settings.backend().equals("sequential")) {
      return "Tasks run in the cell itself, one after the other";
    }
    String start = "No workers run; the next parallel call starts " + settings.count();
    if (settings.backend().equals("threads")) {
      return start + ", as threads of the kernel";
    }
    JvmThreads jvm = Objects.requireNonNull(report.planned().jvm());
    NativeThreads natives = Objects.requireNonNull(report.planned().natives());
    return start
        + ", each with %s, common pool %d, native limit %s"
            .formatted(
                CountText.of(jvm.processors(), "processor"), jvm.commonPool(), limit(natives));
  }

  private ThreadLoad plannedLoad() {
    return switch (settings.backend()) {
      case "processes" -> load(Collections.nCopies(settings.count(), report.planned()), 0);
      case "threads" -> load(List.of(), settings.count());
      default -> load(List.of(), 0);
    };
  }

  private ThreadLoad load(List<ThreadUse> workers, int inside) {
    return new ThreadLoad(settings, report.kernel(), workers, inside, processors);
  }
}
