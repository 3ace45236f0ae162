package argosy.wire.codec;

import java.util.concurrent.atomic.AtomicReference;

/// Runs what is nested too deeply for an ordinary stack.
final class DeepStack {

  /// Only address space until it is used: a list of a million nodes takes about a fifth of it.
  static final long MOST_BYTES = 2L << 30;

  private DeepStack() {}

  /// Runs `body` on a thread with a stack of so many bytes and waits for it, whatever interrupts.
  static void run(long stackBytes, Runnable body) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                failure.set(e);
              }
            },
            "argosy/deep-graph",
            stackBytes);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the graph is half written; the caller sees the flag afterwards
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw Thrower.unchecked(thrown);
    }
  }
}
