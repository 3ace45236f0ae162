package argosy.wire;

import java.util.concurrent.TimeUnit;

/// Looks again and again for dozens of microseconds whether another process has answered, before
/// its caller sleeps: to be woken costs as much, on a virtual machine more.
///
/// What was in vain several times is tried less and less often, so that whoever waits long, or for
/// somebody who needs the processor, wastes next to nothing. Confined to one thread at a time.
public final class Spin {

  /// Long enough for a peer that has to be woken itself: once both look, neither sleeps again.
  private static final long LIMIT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /// After how many failures in a row it is tried once in `1 << MOST_FAILURES` times.
  private static final int MOST_FAILURES = 6;

  /// Looks once.
  ///
  /// @param <E> what it may throw
  @FunctionalInterface
  public interface Look<E extends Exception> {

    /// {@return whether it is there}
    boolean isThere() throws E;
  }

  private final long limitNanos;
  private int failures;
  private int toSkip;

  /// One that has not failed yet.
  public Spin() {
    this(LIMIT_NANOS);
  }

  /// One that has not failed yet.
  ///
  /// @param limitNanos how long it looks
  public Spin(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /// {@return whether it is there now; if not, the caller sleeps}
  public <E extends Exception> boolean until(Look<E> look) throws E {
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
