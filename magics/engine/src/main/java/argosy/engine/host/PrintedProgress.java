package argosy.engine.host;

import java.time.Duration;

/// Progress as a line of text now and then, where nothing better can be shown.
final class PrintedProgress implements ProgressDisplay {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

  private final TaskOutput output;
  private final String label;
  private final long total;
  private final long start = System.nanoTime();
  private long lastPrinted = start;
  private long done;
  private long failed;
  private long printedDone = -1;

  PrintedProgress(TaskOutput output, String label, long total) {
    this.output = output;
    this.label = label;
    this.total = total;
  }

  @Override
  public void update(long done, long failed) {
    this.done = done;
    this.failed = failed;
    if (System.nanoTime() - lastPrinted >= INTERVAL_NANOS) {
      print();
    }
  }

  @Override
  public void close() {
    if (printedDone != done) {
      print();
    }
  }

  private void print() {
    lastPrinted = System.nanoTime();
    printedDone = done;
    StringBuilder line = new StringBuilder(label).append(": ").append(done);
    if (total >= 0) {
      line.append(" of ").append(total);
    }
    if (failed > 0) {
      line.append(", ").append(failed).append(" failed");
    }
    line.append(" in ").append(Duration.ofNanos(lastPrinted - start).toSeconds()).append(" s\n");
    output.stderr(line.toString());
  }
}
