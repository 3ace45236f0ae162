package argosy.worker;

import argosy.wire.FromWorker.MemoryUnused;
import argosy.wire.FromWorker.MemoryWanted;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import argosy.worker.rebuild.LastForms;
import argosy.worker.rebuild.ResultMemory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks the kernel for memory, on the thread that runs tasks, and waits for its answer, which comes
/// on the control thread. The kernel owns the memory, so that nothing of it is left when this
/// process dies.
/*
 * Asking ahead. The way there and back takes longer than to send half a megabyte through the socket.
 * But results are often alike: after two of one form, memory for the next one is asked for together with
 * the reply, and is here when it is needed. There is one such place at a time, of no more than a few MB,
 * until this process rests. The kernel's answers do not say to what they are one, so no more than one
 * question is open.
 *
 * Larger memory is not kept for a task that may come. But after two in a row that needed one form, it is
 * asked for when the third begins: the kernel makes the array for it while that runs.
 */
final class GivenMemory implements ResultMemory {

  /// Smaller values are worth memory that is here, not the asking.
  private static final long WORTH_ASKING_BYTES = 512 << 10;

  private static final long MOST_AHEAD_BYTES = 4 << 20;

  private final Replies replies;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition answered = lock.newCondition();

  /// Whether a question is open; the answer to the last one. Guarded by the lock.
  private boolean isAsked;

  private @Nullable Range answer;

  // Of the thread that runs tasks.
  private @Nullable ValueForm last;

  private final LastForms forms = new LastForms();

  /// For what the last question was asked ahead, or null if its answer has been taken.
  private @Nullable ValueForm ahead;

  GivenMemory(Replies replies) {
    this.replies = replies;
  }

  @Override
  public void begin() {
    ValueForm likely = forms.repeated();
    forms.nextTask();
    if (ahead != null && ahead.bytes() > MOST_AHEAD_BYTES) {
      rest(); // the task before had no use for it
    }
    if (likely != null && likely.bytes() > MOST_AHEAD_BYTES && ahead == null) {
      ahead = likely;
      ask(likely);
      replies.flush();
    }
  }

  @Override
  public @Nullable Range take(ValueForm form) {
    boolean isAlike = form.equals(last);
    last = form;
    forms.add(form);
    Range range;
    if (form.equals(ahead)) {
      range = takeAhead();
    } else if (isAlike || form.bytes() >= WORTH_ASKING_BYTES) {
      rest();
      ask(form);
      replies.flush();
      range = await();
    } else {
      return null;
    }
    if (isAlike && range != null && form.bytes() <= MOST_AHEAD_BYTES) {
      ahead = form;
      ask(form);
    }
    return range;
  }

  @Override
  public void rest() {
    if (ahead != null) {
      Range unused = takeAhead();
      if (unused != null) {
        giveBack(unused);
      }
    }
  }

  private @Nullable Range takeAhead() {
    ahead = null;
    if (isOpen()) {
      // It may still wait for company.
      replies.flush();
    }
    return await();
  }

  private void ask(ValueForm form) {
    lock.lock();
    try {
      isAsked = true;
    } finally {
      lock.unlock();
    }
    replies.add(new MemoryWanted(form));
  }

  private boolean isOpen() {
    lock.lock();
    try {
      return isAsked;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Range await() {
    lock.lock();
    try {
      while (isAsked) {
        answered.awaitUninterruptibly(); // the kernel answers at once, or this process ends with it
      }
      Range range = answer;
      answer = null;
      return range;
    } finally {
      lock.unlock();
    }
  }

  /// Takes the kernel's answer.
  void given(@Nullable Range memory) {
    lock.lock();
    try {
      answer = memory;
      isAsked = false;
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
