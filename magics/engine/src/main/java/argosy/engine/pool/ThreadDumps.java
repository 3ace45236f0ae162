package argosy.engine.pool;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Questions to one worker for what its threads do, until they are answered. Safe from any thread.
final class ThreadDumps {

  private final AtomicLong lastRequest = new AtomicLong();
  private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

  /// A question with the number that its answer will have.
  record Question(long request, CompletableFuture<String> answer) {}

  /// The asker forgets the question when it waits no longer.
  Question ask() {
    long request = lastRequest.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    waiting.put(request, answer);
    return new Question(request, answer);
  }

  void answered(long request, String text) {
    CompletableFuture<String> answer = waiting.remove(request);
    if (answer != null) {
      boolean _ = answer.complete(text);
    }
  }

  void forget(Question question) {
    waiting.remove(question.request());
  }
}
