package argosy.commands;

import argosy.engine.Workers;
import argosy.engine.timeline.Bar;
import argosy.engine.timeline.Lane;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.file.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `%timeline`: shows which worker ran which task when.
final class TimelineMagic implements Magic {

  private final KernelContext kernel;
  private final Workers workers;

  TimelineMagic(KernelContext kernel, Workers workers) {
    this.kernel = kernel;
    this.workers = workers;
  }

  @Override
  public String name() {
    return "timeline";
  }

  @Override
  public Kind kind() {
    return Kind.LINE;
  }

  @Override
  public String summary() {
    return "Shows which worker ran which task when.";
  }

  @Override
  public String usage() {
    return """
    %timeline                the tasks of the last cell that ran any
    %timeline --cell N       those of the cell with this number
    %timeline --last TIME    all that ran within such a time, such as 500ms, 30s, 10m or 1h
    %timeline --all          all that is kept

    --save PATH              write it into a file instead: .json in the trace-event format that
                             ui.perfetto.dev and chrome://tracing open, or .svg as a picture

    A bar is what one worker ran without a visible gap; it is the paler, the less of its time tasks
    ran. Where tasks are long, each has a bar of its own; of very many, neighbors share one.
    The value is a list of the bars.\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws MagicFailedException {
    Wish wish = Wish.of(call.words());
    List<Lane> lanes = workers.timeline();
    TimelineView view = view(wish, lanes);
    if (wish.path == null || view.isEmpty()) {
      return view;
    }
    save(view, wish.path);
    return null;
  }

  private TimelineView view(Wish wish, List<Lane> lanes) {
    NotebookHost host = new NotebookHost(kernel);
    List<Bar> all = lanes.stream().flatMap(lane -> lane.bars().stream()).toList();
    if (all.isEmpty()) {
      return TimelineView.empty(
          "No task has run yet; Parallel.map, Parallel.submit, %%parallel and the like run some");
    }
    long from = all.stream().mapToLong(Bar::begin).min().orElseThrow();
    Duration last = wish.last;
    if (last != null) {
      long start = Math.max(from, System.nanoTime() - last.toNanos());
      return TimelineView.of(lanes, bar -> bar.end() - start > 0, start, host)
          .orElse("No task has run within the last " + DurationText.of(last));
    }
    if (wish.isAll) {
      return TimelineView.of(lanes, _ -> true, Long.MIN_VALUE, host).orElse("");
    }
    String cell =
        wish.cell == null
            ? all.stream().max(Comparator.comparingLong(Bar::end)).orElseThrow().cell()
            : "Cell [" + wish.cell + "]";
    Predicate<Bar> isOfCell = bar -> bar.cell().equals(cell);
    return TimelineView.of(lanes, isOfCell, Long.MIN_VALUE, host)
        .orElse(
            "No task of "
                + cell
                + " is kept; there are tasks of "
                + all.stream()
                    .sorted(Comparator.comparingLong(Bar::begin))
                    .map(Bar::cell)
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }

  private void save(TimelineView view, String path) throws MagicFailedException {
    Path file = Glob.plain(kernel.folder(), path);
    boolean isTrace = path.endsWith(".json");
    try {
      Files.writeString(file, isTrace ? TimelineTrace.of(view) : view.svg());
    } catch (NoSuchFileException e) {
      throw new MagicFailedException("there is no folder " + file.getParent(), e);
    } catch (IOException e) {
      throw new MagicFailedException("cannot write " + file + ": " + e, e);
    }
    kernel
        .currentCell()
        .stdout(
            String.format(
                Locale.ROOT,
                "Wrote %,d tasks to %s%s%n",
                view.tasks(),
                path,
                isTrace ? "; open it in ui.perfetto.dev or chrome://tracing" : ""));
  }

  /// What the user asks for. Confined to one call.
  private static final class Wish {

    private @Nullable Integer cell;
    private @Nullable Duration last;
    private boolean isAll;
    private @Nullable String path;

    static Wish of(List<String> words) {
      Wish wish = new Wish();
      Deque<String> rest = new ArrayDeque<>(words);
      while (!rest.isEmpty()) {
        String word = rest.pop();
        switch (word) {
          case "--cell" -> wish.cell = cell(OptionWords.value(word, rest));
          case "--last" -> wish.last = time(OptionWords.value(word, rest));
          case "--all" -> wish.isAll = true;
          case "--save" -> wish.path = path(OptionWords.value(word, rest));
          default -> throw new MagicUsageException("'" + word + "' is not understood");
        }
      }
      int choices = (wish.cell == null ? 0 : 1) + (wish.last == null ? 0 : 1);
      if (choices + (wish.isAll ? 1 : 0) > 1) {
        throw new MagicUsageException("only one of --cell, --last and --all can be said");
      }
      return wish;
    }

    private static int cell(String word) {
      try {
        return Integer.parseUnsignedInt(word);
      } catch (NumberFormatException _) {
        throw new MagicUsageException("'" + word + "' is not the number of a cell");
      }
    }

    private static Duration time(String word) {
      Duration time = DurationText.parse(word);
      if (time == null || time.isZero()) {
        throw new MagicUsageException("'" + word + "' is not a time such as 500ms, 30s or 10m");
      }
      return time;
    }

    private static String path(String word) {
      if (!word.endsWith(".json") && !word.endsWith(".svg")) {
        throw new MagicUsageException(
            "'" + word + "' ends neither in .json, for a trace, nor in .svg, for a picture");
      }
      return word;
    }
  }
}
