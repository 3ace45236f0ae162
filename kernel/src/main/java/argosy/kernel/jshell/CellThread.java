package argosy.kernel.jshell;

import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The thread on which cells run, until it has to be given up.
final class CellThread {

  /*
   * The stack is large because the compiler recurses through the session's imports and through
   * deeply nested expressions, and because users do. Its pages are taken only when touched.
   */
  private static final long STACK_BYTES = 128L << 20;

  private final LinkedBlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean ends;

  private CellThread(ClassLoader loader, int number) {
    thread = new Thread(null, this::work, "argosy/cell-" + number, STACK_BYTES, false);
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
  }

  static CellThread start(ClassLoader loader, int number) {
    CellThread started = new CellThread(loader, number);
    started.thread.start();
    return started;
  }

  Thread thread() {
    return thread;
  }

  void run(Runnable job) {
    jobs.add(job);
  }

  /// Ends the thread once its current job has ended.
  void end() {
    ends = true;
    jobs.add(() -> {});
  }

  private void work() {
    while (!ends) {
      Runnable job = take();
      if (job != null) {
        try {
          job.run();
        } catch (Throwable e) {
          // The job has told whoever waits for it; this thread goes on to the next one.
        }
      }
    }
  }

  private @Nullable Runnable take() {
    try {
      return jobs.take();
    } catch (InterruptedException e) {
      // An interrupt that came after the end of its cell; it belongs to nobody.
      return null;
    }
  }
}
