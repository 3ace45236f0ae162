package argosy.kernel.jshell;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What runs of earlier cells' code although no cell does: handlers of widgets and comms. Safe from
/// any thread.
final class Attendance {

  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();

  /// Runs something on the calling thread and lets [#interrupt] end it.
  ///
  /// @throws CancellationException if that did
  void run(Runnable handlers) {
    Visit visit = new Visit(Thread.currentThread());
    visits.add(visit);
    try {
      handlers.run();
    } catch (StoppedError e) {
      CancellationException interrupted = new CancellationException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      visits.remove(visit);
      visit.end();
    }
  }

  /// Ends what runs now, and nothing later.
  void interrupt() {
    visits.forEach(Visit::interrupt);
  }

  private static final class Visit {

    private final Thread thread;
    private StopChecks.@Nullable Request request;
    private boolean ended;

    Visit(Thread thread) {
      this.thread = thread;
    }

    synchronized void interrupt() {
      if (ended) {
        return;
      }
      if (request == null) {
        request = StopChecks.request(thread::equals);
      }
      thread.interrupt();
    }

    synchronized void end() {
      ended = true;
      if (request != null) {
        request.withdraw();
        Thread.interrupted();
      }
    }
  }
}
