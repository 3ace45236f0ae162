package argosy.wire.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a long piece of work on memory among a few threads: one does not use all of the machine's
/// bandwidth, least of all while the system finds fresh pages for it.
final class Shares {

  /// Less is done before another thread has begun.
  private static final long SMALLEST_BYTES = 4L << 20;

  /// More threads only wait for the memory.
  private static final int MOST = 4;

  private static final long PAGE_BYTES = 4096;

  private static final int PROCESSORS =
      Integer.getInteger(ArrayBytes.PROCESSORS, Runtime.getRuntime().availableProcessors());

  /// What is done with some of the bytes.
  interface Share {

    /// Does it.
    ///
    /// @param from the first byte
    /// @param to the first that is not one of them
    /// @return whether it went as it should
    boolean run(long from, long to) throws Throwable;
  }

  private Shares() {}

  /// Does all, here and on other threads, and waits for them, interrupted or not.
  ///
  /// @return whether all shares went as they should
  /// @throws Throwable what the first share that failed has thrown
  static boolean run(long bytes, Share share) throws Throwable {
    return run(bytes, share, PROCESSORS);
  }

  static boolean run(long bytes, Share share, int processors) throws Throwable {
    long count = Math.min(Math.min(MOST, processors), bytes / SMALLEST_BYTES);
    if (count < 2) {
      return share.run(0, bytes);
    }
    long each = bytes / count / PAGE_BYTES * PAGE_BYTES;
    List<Other> others = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      others.add(new Other(share, i * each, i + 1 == count ? bytes : (i + 1) * each));
    }
    boolean isRight;
    try {
      isRight = share.run(0, each);
    } finally {
      others.forEach(Other::join);
    }
    for (Other other : others) {
      isRight &= other.result();
    }
    return isRight;
  }

  /// A share on a thread of its own.
  private static final class Other {

    private final Thread thread;
    private boolean isRight;
    private @Nullable Throwable failure;

    Other(Share share, long from, long to) {
      thread =
          new Thread(
              () -> {
                try {
                  isRight = share.run(from, to);
                } catch (Throwable e) {
                  failure = e;
                }
              },
              "argosy/copy");
      thread.setDaemon(true);
      thread.start();
    }

    void join() {
      boolean wasInterrupted = false;
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }

    boolean result() throws Throwable {
      Throwable thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      return isRight;
    }
  }
}
