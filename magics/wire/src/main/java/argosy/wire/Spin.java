package argosy.wire;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Looks again and again for some microseconds whether another process has answered, before its
/// caller sleeps: to be woken costs more than that, on a virtual machine several times as much.
///
/// What was in vain several times is tried less and less often, so that whoever waits long, or for
/// somebody who needs the processor, wastes next to nothing. Confined to one thread at a time.
public final class Spin {

  private static final long LIMIT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  /// After how many failures in a row it is tried once in `1 << MOST_FAILURES` times.
  private static final int MOST_FAILURES = 6;

  /// Looks once.
  @FunctionalInterface
  public interface Look {

    /// {@return whether it is there}
    boolean isThere() throws IOException;
  }

  private final long limitNanos;
  private int failures;
  private int toSkip;

  /// One that has not failed yet.
  public Spin() {
    this(LIMIT_NANOS);
  }

  Spin(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /// {@return whether it is there now; if not, the caller sleeps}
  public boolean until(Look look) throws IOException {
    if (toSkip > 0) {
      toSkip--;
      return false;
    }
    long start = System.nanoTime();
    do {
      if (look.isThere()) {
        failures = 0;
        return true;
      }
      Thread.onSpinWait();
    } while (System.nanoTime() - start < limitNanos);
    failures = Math.min(failures + 1, MOST_FAILURES);
    toSkip = (1 << failures) - 1;
    return false;
  }
}
