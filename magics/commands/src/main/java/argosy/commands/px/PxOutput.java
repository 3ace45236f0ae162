package argosy.commands.px;

import argosy.commands.px.PxCall.Grouping;
import argosy.engine.host.TaskOutput;
import argosy.kernel.extension.CurrentCell;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What the workers print while they run one cell. Safe from any thread.
final class PxOutput {

  private final Grouping grouping;
  private final CurrentCell cell;
  private final TreeMap<Integer, List<Written>> waiting = new TreeMap<>();

  /// What comes later comes from what the cell has left running, and is shown at once.
  private boolean isShown;

  private record Written(boolean isError, String lines) {}

  PxOutput(Grouping grouping, CurrentCell cell) {
    this.grouping = grouping;
    this.cell = cell;
  }

  /// {@return where the output of one worker goes}
  TaskOutput of(int worker) {
    return new TaskOutput() {
      @Override
      public void stdout(String lines) {
        write(worker, new Written(false, lines));
      }

      @Override
      public void stderr(String lines) {
        write(worker, new Written(true, lines));
      }
    };
  }

  private void write(int worker, Written written) {
    synchronized (waiting) {
      if (grouping != Grouping.LIVE && !isShown) {
        waiting.computeIfAbsent(worker, _ -> new ArrayList<>()).add(written);
        return;
      }
    }
    print(written);
  }

  /// Shows what was kept back. From now on nothing is.
  void show() {
    List<Written> all = new ArrayList<>();
    synchronized (waiting) {
      isShown = true;
      waiting.values().forEach(all::addAll);
      waiting.clear();
    }
    if (grouping == Grouping.TYPE) {
      all.stream().filter(written -> !written.isError()).forEach(this::print);
      all.stream().filter(Written::isError).forEach(this::print);
    } else {
      all.forEach(this::print);
    }
  }

  private void print(Written written) {
    if (written.isError()) {
      cell.stderr(written.lines());
    } else {
      cell.stdout(written.lines());
    }
  }
}
