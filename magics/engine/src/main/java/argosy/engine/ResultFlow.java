package argosy.engine;

import argosy.Engine.Inputs;
import argosy.Options;
import argosy.Results;
import argosy.engine.backend.Batch;
import argosy.engine.backend.Call;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A job over many inputs. The thread that asks for results feeds the workers meanwhile, decodes
/// what they answer, and tries failed calls again.
/*
 * Threads. Everything belongs to the thread that asks, but for three things that calls touch when
 * they end, on any thread: the slot's `end`, the queue `ended`, and the count `running`. They wake
 * the asking thread only if there is something to do for it: a result that it waits for, a failure,
 * or workers that are about to run dry.
 *
 * Look-ahead. As many inputs are out as the workers do in a few milliseconds, so that a slow function
 * over an endless stream reads only a few of them, and a fast one is never short of work.
 */
final class ResultFlow<A extends @Nullable Object, R extends @Nullable Object>
    implements Results<R>, RunningJobs.Cancellable {

  private static final long AHEAD_NANOS = 10_000_000;
  private static final int MAX_AHEAD = 8192;
  private static final long MAX_AHEAD_BYTES = 64 << 20;
  private static final int MAX_CHUNK = 64;

  /// How many results wait until the asking thread is woken to decode them, when it wants them all.
  private static final int DECODED_AT_ONCE = 256;

  /// How it runs, besides its inputs.
  record Setting(
      Batch batch, int parallelism, Options options, RunningJobs running, Object scope) {}

  private final Iterator<A> inputs;
  private final boolean isLazy;
  private final boolean isOrdered;
  private final int batchSize;
  private final Setting setting;
  private final Retries retries;
  private final Progress progress;

  /// Calls whose results have not been handed out, in the order of their inputs.
  private final LinkedHashSet<Slot> slots = new LinkedHashSet<>();

  /// Calls whose results may be handed out next, if their order does not matter.
  private final ArrayDeque<Slot> unordered = new ArrayDeque<>();

  /// Calls that have ended and not been looked at.
  private final ConcurrentLinkedQueue<Slot> ended = new ConcurrentLinkedQueue<>();

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger unseen = new AtomicInteger();
  private volatile boolean hasFailed;
  private volatile boolean isCancelled;

  /// The asking thread while it sleeps, and what it sleeps for.
  private volatile @Nullable Thread asking;

  private volatile @Nullable Slot awaited;
  private volatile int wakeBelow;
  private long nextIndex;
  private long bytesOut;
  private boolean isExhausted;
  private boolean isClosed;

  ResultFlow(Inputs<A> inputs, Setting setting, Progress progress) {
    this.inputs = inputs.inputs();
    this.isLazy = inputs.isLazy();
    this.setting = setting;
    this.progress = progress;
    Options options = setting.options();
    this.isOrdered = !Boolean.TRUE.equals(options.isUnordered());
    Integer batch = options.batch();
    this.batchSize = batch == null ? 0 : batch;
    this.retries = Retries.of(options);
    setting.running().add(setting.scope(), this);
  }

  // ---- results

  @Override
  public boolean hasNext() {
    if (isClosed) {
      return false;
    }
    feed();
    if (slots.isEmpty()) {
      close();
    }
    return !slots.isEmpty();
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the function returns an R, which may be null
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all results have been handed out");
    }
    Slot slot = awaitNext();
    slots.remove(slot);
    unordered.remove(slot);
    try {
      return (R) slot.value();
    } catch (Throwable failure) {
      close();
      throw ResultFlow.<RuntimeException>unchecked(failure);
    }
  }

  private Slot awaitNext() {
    while (true) {
      look();
      Slot first = isOrdered ? slots.getFirst() : unordered.peek();
      if (first != null && first.isDone) {
        return first;
      }
      feed();
      sleep(first);
    }
  }

  /// Looks at the calls that have ended: their results wait for their turn, failures do not.
  private void look() {
    hasFailed = false;
    for (Slot slot; (slot = ended.poll()) != null; ) {
      unseen.decrementAndGet();
      CallEnd end = slot.end;
      if (end == null) {
        continue;
      }
      bytesOut -= slot.call().inputBytes();
      if (isFailure(end)) {
        if (again(slot, end)) {
          continue;
        }
        slot.end = retries.explained(end, slot.failures);
      }
      slot.isDone = true;
      progress.advance(isFailure(end));
      if (!isOrdered) {
        unordered.add(slot);
      }
      if (isFailure(end) && !isLazy) {
        abort(slot);
      }
    }
  }

  private static boolean isFailure(CallEnd end) {
    return switch (end) {
      case CallEnd.Returned _, CallEnd.Value _ -> false;
      case CallEnd.Threw _, CallEnd.Failed _ -> true;
    };
  }

  private boolean again(Slot slot, CallEnd end) {
    slot.failures++;
    if (!retries.isWorthIt(slot.call(), end, slot.failures)) {
      return false;
    }
    Call next = slot.call().again(slot);
    slot.end = null;
    slot.call = next;
    bytesOut += next.inputBytes();
    running.incrementAndGet();
    setting.batch().start(List.of(next));
    return true;
  }

  private void abort(Slot failed) {
    close();
    try {
      Object _ = failed.value();
    } catch (Throwable failure) {
      throw ResultFlow.<RuntimeException>unchecked(failure);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is what it is for
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }

  // ---- inputs

  private void feed() {
    int chunk = batchSize > 0 ? batchSize : setting.parallelism();
    while (!isExhausted && !isCancelled && hasRoom()) {
      List<Call> calls = new ArrayList<>(chunk);
      while (calls.size() < chunk && !isExhausted) {
        if (inputs.hasNext()) {
          calls.add(prepare(inputs.next()));
        } else {
          isExhausted = true;
        }
      }
      if (!calls.isEmpty()) {
        running.addAndGet(calls.size());
        setting.batch().start(calls);
      }
      if (batchSize == 0 && running.get() > 0) {
        chunk = Math.min(MAX_CHUNK, 2 * chunk);
      }
      look();
    }
  }

  private Call prepare(A input) {
    long index = nextIndex++;
    Slot slot = new Slot(index);
    Call call = setting.batch().prepare(input, index, slot);
    slot.call = call;
    slots.add(slot);
    bytesOut += call.inputBytes();
    return call;
  }

  private boolean hasRoom() {
    int window = window();
    return running.get() < window
        && (!isLazy || slots.size() < 4 * window)
        && (bytesOut < MAX_AHEAD_BYTES || running.get() < 2 * setting.parallelism());
  }

  private int window() {
    long workers = setting.parallelism();
    long mean = setting.batch().times().meanNanos();
    long ahead = mean == 0 ? 2 : 2 + AHEAD_NANOS / mean;
    long batches = Math.max(ahead, 4L * batchSize);
    return (int) Math.min(MAX_AHEAD, workers * batches);
  }

  // ---- waiting

  private void sleep(@Nullable Slot first) {
    awaited = isLazy ? first : null;
    wakeBelow = isExhausted ? 0 : window() / 2;
    asking = Thread.currentThread();
    try {
      while (!isWorthWaking()) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          close();
          Thread.currentThread().interrupt();
          throw new CancellationException(
              "interrupted while waiting for tasks; those that had not ended are cancelled");
        }
      }
    } finally {
      asking = null;
    }
    if (isCancelled) {
      close();
      throw new CancellationException("the job was cancelled by an interrupt");
    }
  }

  private boolean isWorthWaking() {
    Slot first = awaited;
    if (isCancelled || hasFailed || (first != null && first.end != null)) {
      return true;
    }
    int news = unseen.get();
    return news > 0
        && ((isLazy && !isOrdered) || news >= DECODED_AT_ONCE || running.get() <= wakeBelow);
  }

  private void wake() {
    Thread sleeper = asking;
    if (sleeper != null && isWorthWaking()) {
      LockSupport.unpark(sleeper);
    }
  }

  // ---- the end

  @Override
  public void cancelByInterrupt() {
    isCancelled = true;
    wake();
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    isExhausted = true;
    setting.running().remove(setting.scope(), this);
    for (Slot slot : slots) {
      if (!slot.isDone) {
        slot.call().cancel(true);
      }
    }
    slots.clear();
    unordered.clear();
    progress.close();
  }

  /// One input's call. Only `end` is written by other threads.
  private final class Slot implements CallListener {

    private final long index;
    @Nullable Call call;
    volatile @Nullable CallEnd end;
    boolean isDone;
    int failures;

    Slot(long index) {
      this.index = index;
    }

    @Override
    public String what() {
      return "input " + index;
    }

    @Override
    public void ended(CallEnd how) {
      end = how;
      ended.add(this);
      if (isFailure(how)) {
        hasFailed = true;
      }
      unseen.incrementAndGet();
      running.decrementAndGet();
      wake();
    }

    Call call() {
      return Objects.requireNonNull(call, "the input is not captured yet");
    }

    @Nullable Object value() throws Throwable {
      CallEnd how = end;
      if (how == null) {
        throw new IllegalStateException("the call has not ended");
      }
      return call().value(how);
    }
  }
}
