package argosy.worker;

import argosy.wire.FromWorker.MemoryUnused;
import argosy.wire.FromWorker.MemoryWanted;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import argosy.worker.rebuild.ResultMemory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks the kernel for memory, on the thread that runs tasks, and waits for its answer, which comes
/// on the control thread. The kernel owns the memory, so that nothing of it is left when this
/// process dies.
final class GivenMemory implements ResultMemory {

  private final Replies replies;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition answered = lock.newCondition();
  private boolean isAnswered;
  private @Nullable Range answer;

  GivenMemory(Replies replies) {
    this.replies = replies;
  }

  @Override
  public @Nullable Range take(ValueForm form) {
    lock.lock();
    try {
      isAnswered = false;
      answer = null;
    } finally {
      lock.unlock();
    }
    replies.addAndFlush(new MemoryWanted(form));
    lock.lock();
    try {
      while (!isAnswered) {
        answered.awaitUninterruptibly(); // the kernel answers at once, or this process ends with it
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /// Takes the kernel's answer.
  void given(@Nullable Range memory) {
    lock.lock();
    try {
      answer = memory;
      isAnswered = true;
      answered.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void giveBack(Range unused) {
    replies.add(new MemoryUnused(unused));
  }
}
