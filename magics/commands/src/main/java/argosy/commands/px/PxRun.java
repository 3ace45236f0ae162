package argosy.commands.px;

import argosy.engine.Residents.Placed;
import argosy.kernel.extension.CurrentCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A cell on its way through the workers, or at its end.
final class PxRun {

  private final List<Placed> placed;
  private final boolean hasValue;
  private final PxOutput output;

  PxRun(List<Placed> placed, boolean hasValue, PxOutput output) {
    this.placed = List.copyOf(placed);
    this.hasValue = hasValue;
    this.output = output;
  }

  boolean hasValue() {
    return hasValue;
  }

  /// {@return one task for each worker}
  List<? extends Future<?>> tasks() {
    return placed.stream().map(Placed::task).toList();
  }

  /// Waits for all workers, and shows the output that has waited for that.
  ///
  /// @param cell gets a line for each worker that failed, if some did not
  /// @throws Exception what the first of them threw, if any did
  PxResult await(CurrentCell cell) throws Exception {
    List<@Nullable Object> values = new ArrayList<>();
    List<Integer> worked = new ArrayList<>();
    List<Failed> failed = new ArrayList<>();
    try {
      for (Placed each : placed) {
        try {
          values.add(each.task().get());
          worked.add(each.worker());
        } catch (ExecutionException e) {
          failed.add(new Failed(each.worker(), e.getCause() == null ? e : e.getCause()));
        } catch (CancellationException e) {
          failed.add(new Failed(each.worker(), e));
        }
      }
    } finally {
      output.show(); // also when the user has had enough of waiting
    }
    if (!failed.isEmpty()) {
      report(cell, worked, failed);
      throw unchecked(failed.getFirst().cause());
    }
    return new PxResult(worked, values);
  }

  private record Failed(int worker, Throwable cause) {}

  private void report(CurrentCell cell, List<Integer> worked, List<Failed> failed) {
    if (placed.size() == 1) {
      return;
    }
    Map<String, List<Integer>> byText =
        failed.stream()
            .collect(
                Collectors.groupingBy(
                    each -> text(each.cause()),
                    LinkedHashMap::new,
                    Collectors.mapping(Failed::worker, Collectors.toList())));
    byText.forEach((text, workers) -> cell.stderr(named(workers) + ": " + text + "\n"));
    if (!worked.isEmpty()) {
      cell.stderr(named(worked) + " ran the cell to its end\n");
    }
  }

  private static String named(List<Integer> workers) {
    return (workers.size() == 1 ? "worker " : "workers ")
        + workers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /// The first line of a failure, whose `getMessage` is the user's code.
  private static String text(Throwable cause) {
    try {
      return String.valueOf(cause).lines().findFirst().orElse("");
    } catch (RuntimeException | StackOverflowError e) {
      return cause.getClass().getName();
    }
  }

  @SuppressWarnings("unchecked") // a worker may send any throwable
  private static <E extends Throwable> Exception unchecked(Throwable failure) throws E {
    throw (E) failure;
  }

  @Override
  public String toString() {
    return "The cell runs on "
        + named(placed.stream().map(Placed::worker).toList())
        + "; %pxresult waits for it";
  }

  Map<String, Object> bundle() {
    return Map.of("text/plain", toString());
  }
}
