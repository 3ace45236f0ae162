package argosy.engine.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks workers what their threads are doing. A worker answers whatever its task does, unless the
/// whole process stands still: then this says so, after a bounded time.
final class Inquiry {

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /// How often to look whether a worker that does not answer has been stopped.
  private static final long LOOK_MILLIS = 50;

  private record Asked(WorkerLink link, ThreadDumps.Question question) {}

  private Inquiry() {}

  /// {@return what each of them has answered, in this order}
  static List<WorkerThreads> of(List<WorkerLink> links) {
    List<Asked> asked = links.stream().map(link -> new Asked(link, link.askForThreads())).toList();
    long deadline = System.nanoTime() + LIMIT_NANOS;
    List<WorkerThreads> answers = new ArrayList<>();
    for (Asked each : asked) {
      WorkerLink link = each.link();
      String text = await(each, deadline);
      link.forget(each.question());
      answers.add(new WorkerThreads(link.number(), link.pid(), link.state(), text));
    }
    return answers;
  }

  private static String await(Asked asked, long deadline) {
    WorkerLink link = asked.link();
    CompletableFuture<String> answer = asked.question().answer();
    try {
      while (true) {
        try {
          return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (link.gone().isDone()) {
            return "It has ended before it could answer; %workers says why.\n";
          }
          if (ProcessTable.isStopped(link.pid())) {
            return """
            Its process was stopped by a signal, so nothing in it can answer. `kill -CONT %1$d` lets it \
            go on, `kill -KILL %1$d` ends it and the task that it runs.
            """
                .formatted(link.pid());
          }
          if (System.nanoTime() - deadline > 0) {
            return "It has not answered for %d seconds: its JVM stands still or has not connected.\n"
                .formatted(TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS));
          }
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never a failure", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a worker was asked for its threads");
    }
  }
}
