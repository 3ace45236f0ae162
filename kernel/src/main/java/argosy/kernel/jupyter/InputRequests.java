package argosy.kernel.jupyter;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Questions to the user, one at a time, and their answers. Safe from any thread.
final class InputRequests {

  private static final System.Logger LOG = System.getLogger(InputRequests.class.getName());

  private record Question(String id, List<byte[]> client, CompletableFuture<String> answer) {

    /// Some clients do not say what they answer; then it is this.
    boolean isAnsweredBy(Inbound reply) {
      String answered = new Fields(reply.parent()).text("msg_id", id);
      return answered.equals(id)
          && Arrays.deepEquals(client.toArray(), reply.identities().toArray());
    }
  }

  private final Session session;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Question open;

  InputRequests(Session session) {
    this.session = session;
  }

  /// Asks the client of a request and blocks until it answers.
  String ask(Inbound request, String prompt, boolean password) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      Question question =
          new Question(session.newId(), request.identities(), new CompletableFuture<>());
      open = question;
      session.ask(question.id(), request, prompt, password);
      return question.answer().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Nothing completes an answer exceptionally", e);
    } finally {
      open = null;
      turn.unlock();
    }
  }

  /// Takes an answer. One that nobody waits for is dropped.
  void answered(Inbound reply) {
    Question question = open;
    if (question != null && question.isAnsweredBy(reply)) {
      question.answer().complete(new Fields(reply.content()).text("value", ""));
    } else {
      LOG.log(Level.DEBUG, "Dropped an answer that nobody waits for");
    }
  }
}
