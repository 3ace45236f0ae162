package argosy.engine;

import argosy.Fn;
import argosy.Options;
import argosy.Task;
import argosy.engine.backend.Batch;
import argosy.engine.backend.Call;
import argosy.engine.closure.WrittenPlace;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.Caller;
import argosy.wire.ArrayText;
import argosy.wire.line.ActorLine;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A task of a [LocalEngine].
/*
 * Who decodes. The answer of a worker arrives on the I/O thread, which must not run anybody's code.
 * If somebody waits in get(), that thread decodes; otherwise a virtual thread does, and runs what
 * stages are attached. What ran inline is settled by its caller.
 */
final class EngineTask<T extends @Nullable Object> extends CompletableFuture<T>
    implements Task<T>, CallListener, Caller, RunningJobs.Cancellable, Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private static final String CANCELLED = "the task was cancelled";
  private static final String NOT_ENDED = "the task has not ended yet; get() waits";

  private final transient LocalEngine engine;
  private final transient Options options;
  private final transient Retries retries;
  private final transient Object scope;

  /// How many interrupts there had been when this was asked for; capturing takes its time.
  private final transient long interrupts;

  private final transient CompletableFuture<CallEnd> end = new CompletableFuture<>();
  private final transient AtomicInteger waiters = new AtomicInteger();
  private final transient AtomicBoolean isSettled = new AtomicBoolean();
  private transient volatile @Nullable Batch batch;
  private transient volatile @Nullable Call call;
  private transient volatile int failures;
  private transient volatile String name = "";

  /// Somebody wants to know how this ends who cannot settle it.
  private transient volatile boolean isLookedAt;

  /// The thread that starts the call, which settles it if it has run inline.
  private transient volatile @Nullable Thread launcher;

  EngineTask(LocalEngine engine, Options options, Object scope) {
    this.engine = engine;
    this.options = options;
    this.retries = Retries.of(options);
    this.scope = scope;
    interrupts = engine.running().interrupts();
  }

  Options options() {
    return options;
  }

  /// {@return what was prepared}
  Call call() {
    return Objects.requireNonNull(call, "the task is not prepared");
  }

  @Override
  public Object scope() {
    return scope;
  }

  @Override
  public @Nullable WrittenPlace place() {
    Batch origin = batch;
    return origin == null ? null : origin.place();
  }

  @Override
  public Caller caller() {
    return this;
  }

  @Override
  public int tries() {
    return failures + 1;
  }

  /// Says what the user would call it, such as `actor call`.
  EngineTask<T> named(String what) {
    name = what;
    return this;
  }

  @Override
  public String what(int index) {
    return name;
  }

  /// Captures the input and starts the call.
  void start(Batch batch, @Nullable Object input) {
    prepare(batch, input);
    launch();
  }

  /// Captures the input.
  void prepare(Batch batch, @Nullable Object input) {
    this.batch = batch;
    call = batch.prepare(input, 0, this);
  }

  /// Starts what was prepared. Once.
  void launch() {
    Batch batch = Objects.requireNonNull(this.batch, "the task is not prepared");
    Call prepared = Objects.requireNonNull(call, "the task is not prepared");
    engine.running().add(scope, this, interrupts);
    if (super.isDone()) {
      engine.running().remove(this);
      return;
    }
    launcher = Thread.currentThread();
    batch.start(List.of(prepared));
    launcher = null;
    CallEnd already = end.getNow(null);
    if (already != null) {
      settle(already);
    }
  }

  /// Ends this without a call, as when a task before it has the value already.
  void succeed(T value) {
    isSettled.set(true);
    boolean _ = super.complete(value);
    boolean _ = end.cancel(false);
    nudge();
  }

  /// Ends this without a call, as when a task before it failed.
  void fail(Throwable cause) {
    isSettled.set(true);
    boolean _ = super.completeExceptionally(cause);
    boolean _ = end.cancel(false);
    nudge();
  }

  // ---- the end

  @Override
  public void ended(CallEnd how) {
    Call failed = call;
    int failuresNow = failures + 1;
    failures = failuresNow;
    if (failed != null && !super.isDone() && mayRetry(how)) {
      // Looking at a failure may run its class's code.
      onItsOwnThread(() -> retryOrEnd(failed, how));
    } else {
      end(retries.explained(how, failuresNow));
    }
  }

  /// Whoever submits one short task after the other is about to wait for it: a thread that settles
  /// it would take a processor from the two that work.
  @Override
  public boolean endedJustNow(CallEnd how) {
    if (!(how instanceof CallEnd.Value) || waiters.get() > 0 || getNumberOfDependents() > 0) {
      ended(how);
      return false;
    }
    boolean _ = end.complete(how);
    nudge();
    return true;
  }

  @Override
  public boolean isDue() {
    return isLookedAt || isSettled.get();
  }

  @Override
  public void finish() {
    settleUnseen();
  }

  private boolean mayRetry(CallEnd how) {
    return retries.limit() >= failures
        && !(how instanceof CallEnd.Returned)
        && !(how instanceof CallEnd.Value);
  }

  private void retryOrEnd(Call failed, CallEnd how) {
    Batch origin = batch;
    if (origin == null || !retries.isWorthIt(failed, how, failures)) {
      end(retries.explained(how, failures));
      return;
    }
    Call again = failed.again(0, 1, this);
    call = again;
    if (!super.isDone()) {
      origin.start(List.of(again));
    }
  }

  private void end(CallEnd how) {
    boolean _ = end.complete(how);
    nudge();
    if (waiters.get() == 0 && !Thread.currentThread().equals(launcher)) {
      onItsOwnThread(() -> settle(how));
    }
  }

  /// What follows a task prints where the task was asked for, whoever has read the answer.
  private void onItsOwnThread(Runnable action) {
    Thread.startVirtualThread(() -> {
      engine.host().workFor(scope);
      action.run();
    });
  }

  /// Somebody may wait for `end`, and read for the others meanwhile.
  private void nudge() {
    Batch origin = batch;
    if (origin != null) {
      origin.nudge();
    }
  }

  @SuppressWarnings("unchecked") // the function returns a T
  private void settle(CallEnd how) {
    if (!isSettled.compareAndSet(false, true)) {
      return;
    }
    Call ended = call;
    Batch origin = batch;
    if (ended == null || origin == null) {
      return;
    }
    try {
      T value = (T) ended.value(how);
      engine.running().remove(this);
      boolean _ = super.complete(value);
    } catch (Throwable failure) {
      engine.running().remove(this);
      boolean _ = super.completeExceptionally(failure);
    }
    origin.settled();
  }

  /// Blocks until the answer is there, and decodes it on this thread unless another one does.
  private void await(long nanos) throws InterruptedException, TimeoutException {
    if (super.isDone()) {
      return;
    }
    waiters.incrementAndGet();
    try {
      long start = System.nanoTime();
      Batch origin = batch;
      if (origin != null) {
        origin.help(end::isDone, nanos);
      }
      ActorLine.awaitAnswers(end::isDone, nanos);
      long rest = Math.max(0, nanos - (System.nanoTime() - start));
      settle(nanos < 0 ? end.get() : end.get(rest, TimeUnit.NANOSECONDS));
    } catch (ExecutionException | CancellationException e) {
      // Completed without an answer; the caller sees how.
    } finally {
      if (waiters.decrementAndGet() == 0) {
        settleUnseen();
      }
    }
  }

  /// The answer may have come while its only waiter was giving up or not there yet, and have been
  /// left to it.
  private void settleUnseen() {
    if (end.state() == State.SUCCESS && !isSettled.get()) {
      CallEnd how = end.resultNow();
      onItsOwnThread(() -> settle(how));
    }
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    try {
      await(-1);
    } catch (TimeoutException e) {
      throw new IllegalStateException("a wait without a limit has timed out", e);
    }
    try {
      return super.get();
    } catch (CancellationException e) {
      throw cancelled(e);
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    long nanos = unit.toNanos(timeout);
    try {
      await(Math.max(0, nanos));
      return super.get(Math.max(0, nanos - (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
    } catch (CancellationException e) {
      throw cancelled(e);
    } catch (TimeoutException e) {
      throw new TimeoutException(
          "the task has not ended within %d %s; it goes on"
              .formatted(timeout, unit.name().toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  public T join() {
    ActorLine.awaitAnswers(this::isDone, -1);
    try {
      return super.join();
    } catch (CancellationException e) {
      throw cancelled(e);
    }
  }

  @Override
  public boolean isDone() {
    boolean isDone = super.isDone();
    if (!isDone) {
      isLookedAt = true;
    }
    return isDone;
  }

  @Override
  public T resultNow() {
    return switch (state()) {
      case SUCCESS -> super.resultNow();
      case RUNNING -> throw new IllegalStateException(NOT_ENDED);
      case FAILED ->
          throw new IllegalStateException(
              "the task failed: " + super.exceptionNow(), super.exceptionNow());
      case CANCELLED -> throw new IllegalStateException(CANCELLED);
    };
  }

  @Override
  public Throwable exceptionNow() {
    return switch (state()) {
      case FAILED -> super.exceptionNow();
      case RUNNING -> throw new IllegalStateException(NOT_ENDED);
      case SUCCESS -> throw new IllegalStateException("the task did not fail, it has a result");
      case CANCELLED -> throw new IllegalStateException(CANCELLED);
    };
  }

  /// The JDK's own message is the name of the method that noticed it.
  private static CancellationException cancelled(CancellationException noticed) {
    Throwable reason = noticed.getCause();
    String message = reason == null ? CANCELLED : reason.getMessage();
    CancellationException cancelled =
        new CancellationException(message == null ? CANCELLED : message);
    if (reason != null && message == null) {
      // The JDK has no message for where cancel(…) was called.
      CancellationException where = new CancellationException("it was cancelled here");
      where.setStackTrace(reason.getStackTrace());
      cancelled.initCause(where);
    } else if (reason != null && !CANCELLED.equals(message)) {
      cancelled.initCause(reason);
    }
    return cancelled;
  }

  // ---- ended by somebody else

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean isCancelled = super.cancel(mayInterruptIfRunning);
    if (isCancelled) {
      withdraw(mayInterruptIfRunning);
    }
    return isCancelled;
  }

  @Override
  public void cancelByInterrupt() {
    giveUp();
  }

  @Override
  public void giveUp() {
    boolean _ = completeExceptionally(new CancellationException(CANCELLED));
  }

  @Override
  public boolean complete(T value) {
    boolean isMine = super.complete(value);
    if (isMine) {
      withdraw(true);
    }
    return isMine;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean isMine = super.completeExceptionally(failure);
    if (isMine) {
      withdraw(true);
    }
    return isMine;
  }

  private void withdraw(boolean interrupts) {
    Call started = call;
    if (started != null) {
      started.cancel(interrupts);
    }
    engine.running().remove(this);
    boolean _ = end.cancel(false);
    nudge();
  }

  /// A task that travels stands for its value: waits for it.
  @Serial
  private Object writeReplace() {
    try {
      return new SettledTask(get(), null);
    } catch (ExecutionException e) {
      return new SettledTask(null, e.getCause());
    } catch (CancellationException e) {
      return new SettledTask(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the value of a captured task");
    }
  }

  // ---- what follows

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    isLookedAt = true;
    return new CompletableFuture<>();
  }

  @Override
  public <R extends @Nullable Object> Task<R> then(Fn<? super T, ? extends R> f) {
    return engine.then(this, f);
  }

  @Override
  public <R extends @Nullable Object> Task<R> then(Function<? super T, ? extends R> f) {
    return engine.then(this, f);
  }

  @Override
  public Task<T> recover(Fn<? super Throwable, ? extends T> f) {
    return engine.recover(this, f);
  }

  @Override
  public Task<T> recover(Function<? super Throwable, ? extends T> f) {
    return engine.recover(this, f);
  }

  /// {@return the state of the task, with its value or failure; never waits}
  @Override
  public String toString() {
    return switch (state()) {
      case RUNNING -> "Task[running]";
      case SUCCESS -> "Task[" + ArrayText.of(resultNow()) + "]";
      case FAILED -> "Task[failed: " + exceptionNow() + "]";
      case CANCELLED -> "Task[cancelled]";
    };
  }

  /// {@return the exception itself, without what stages wrap around it}
  static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
