package argosy.engine;

import argosy.Engine.Inputs;
import argosy.Options;
import argosy.Results;
import argosy.engine.backend.Batch;
import argosy.engine.backend.Call;
import argosy.engine.backend.Chunk;
import argosy.engine.closure.WrittenPlace;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A job over many inputs. The thread that asks for results feeds the workers meanwhile, decodes
/// what they answer, and tries failed calls again.
/*
 * Pieces. Inputs whose tasks are short go out together, as one piece. A piece that takes longer than
 * expected comes back half done; what is left of it goes out again in smaller ones, to whichever
 * worker is free. If a worker has nothing to do meanwhile, what another one has not begun of its piece
 * comes back even before. When a worker dies, one task of its piece has failed; the others go out
 * again.
 *
 * Threads. Everything belongs to the thread that asks, but for what calls touch when they end or give
 * something back, on any thread: the piece's `end` and `kept`, and `arrivals`, which wakes the thread
 * that asks.
 */
final class ResultFlow<A extends @Nullable Object, R extends @Nullable Object>
    implements Results<R>, Caller, RunningJobs.Cancellable {

  private static final long MAX_AHEAD_BYTES = 64 << 20;

  /// How many calls are handed over at a time, if each is one task.
  private static final int MAX_GROUP = 64;

  /// How long inputs may take to come before those that are there go out alone.
  private static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /// How many results are handed over before it looks whether workers run dry.
  private static final int TAKEN_AT_ONCE = 256;

  /// How it runs, besides its inputs.
  record Setting(
      Batch batch, int parallelism, Options options, RunningJobs running, Object scope) {}

  private final UntilFailure<A> inputs;
  private final int width;
  private final boolean isLazy;
  private final boolean isOrdered;
  private final LookAhead ahead;
  private final Setting setting;
  private final Retries retries;
  private final Progress progress;
  private final ResultBuffer results;

  /// Pieces that have not been looked at since they ended, by their first input.
  private final TreeMap<Long, Piece> out = new TreeMap<>();

  private final Arrivals<Arrival> arrivals;
  private long nextIndex;
  private long bytesOut;
  private boolean isExhausted;
  private boolean isClosed;

  ResultFlow(Inputs<A> inputs, Setting setting, Progress progress) {
    this.isLazy = inputs.isLazy();
    this.inputs = new UntilFailure<>(inputs.inputs());
    this.width = inputs.width();
    this.setting = setting;
    this.progress = progress;
    Options options = setting.options();
    this.isOrdered = !Boolean.TRUE.equals(options.isUnordered());
    this.results = new ResultBuffer(isOrdered);
    this.arrivals = new Arrivals<>(setting.batch(), isLazy && !isOrdered);
    Integer batch = options.batch();
    this.ahead =
        new LookAhead(
            setting.batch().times(),
            setting.parallelism(),
            batch == null ? 0 : batch,
            inputs.size(),
            options.timeout() != null);
    this.retries = Retries.of(options);
    setting.running().add(setting.scope(), this);
  }

  // ---- results

  @Override
  public boolean hasNext() {
    if (isClosed) {
      return false;
    }
    if (results.hasNext() && (isExhausted || arrivals.running() > ahead.window() / 2)) {
      return true;
    }
    feed();
    if (results.handedOut() == nextIndex) {
      Exception failure = inputs.failure();
      close();
      if (failure != null) {
        throw ResultFlow.<RuntimeException>unchecked(failure);
      }
      return false;
    }
    return true;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the function returns an R, which may be null
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all results have been handed out");
    }
    while (!results.hasNext()) {
      look();
      if (!results.hasNext()) {
        feed();
        if (!results.hasNext()) { // or else nothing may be running that would wake this thread
          sleep();
        }
      }
    }
    try {
      return (R) results.next();
    } catch (Throwable failure) {
      throw closeFor(failure);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // as in [#next]
  public void forEachRemaining(Consumer<? super R> action) {
    while (hasNext()) {
      action.accept(next());
      // What is there already needs no look at what to start next.
      for (int i = 1; i < TAKEN_AT_ONCE && results.hasNext(); i++) {
        try {
          action.accept((R) results.next());
        } catch (Throwable failure) {
          throw closeFor(failure);
        }
      }
    }
  }

  /// Looks at the pieces that have ended: their results wait for their turn, failures do not.
  private void look() {
    arrivals.look();
    for (Arrival arrival; (arrival = arrivals.next()) != null; ) {
      arrivals.seen(arrival.count());
      CallEnd end = arrival.end;
      if (isClosed) {
        continue;
      }
      Piece piece = arrival.piece;
      if (end == null) {
        restartFinely(arrival);
        continue;
      }
      out.remove(piece.first);
      bytesOut -= piece.call.inputBytes();
      if (end instanceof CallEnd.Lost lost) {
        restart(piece, 0, lost.index());
        settle(piece, lost.index(), new CallEnd.Failed(lost.cause()));
        restart(piece, lost.index() + 1, piece.count());
      } else {
        List<CallEnd> ends = piece.call.ends(end);
        int count = Math.min(ends.size(), piece.count());
        for (int i = 0; i < count; i++) {
          settle(piece, i, ends.get(i));
        }
        restart(piece, count, piece.count());
      }
    }
  }

  private void settle(Piece piece, int offset, CallEnd end) {
    boolean isFailure = isFailure(end);
    if (isFailure && retries.isWorthIt(piece.call, end, piece.failures + 1)) {
      start(piece.part(offset, offset + 1, piece.failures + 1));
      return;
    }
    progress.advance(isFailure);
    try {
      results.put(
          piece.first + offset, piece.call.value(retries.explained(end, piece.failures + 1)));
    } catch (Throwable failure) {
      FailedInput.note(failure, piece.what(offset));
      if (!isLazy) {
        throw closeFor(failure);
      }
      results.putFailure(piece.first + offset, failure);
    }
  }

  private static boolean isFailure(CallEnd end) {
    return switch (end) {
      case CallEnd.Returned _, CallEnd.Value _ -> false;
      case CallEnd.Threw _, CallEnd.Raised _, CallEnd.Failed _, CallEnd.Lost _ -> true;
      case CallEnd.Answered several -> several.failures() > 0;
      case CallEnd.Ran several -> several.failures() > 0;
    };
  }

  /// {@return whether some of several calls have not begun}
  private static boolean leavesSome(CallEnd end, int count) {
    return switch (end) {
      case CallEnd.Answered several -> several.count() < count;
      case CallEnd.Ran several -> several.ends().size() < count;
      default -> false;
    };
  }

  private RuntimeException closeFor(Throwable failure) {
    close();
    return ResultFlow.<RuntimeException>unchecked(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is what it is for
  private static <E extends Throwable> RuntimeException unchecked(Throwable failure) throws E {
    throw (E) failure;
  }

  // ---- inputs

  private void feed() {
    int group = setting.parallelism();
    while (!isExhausted && arrivals.cancellation() == null && hasRoom()) {
      int size = ahead.chunk(nextIndex);
      if (size > 1) {
        gather(size);
      } else {
        List<Piece> pieces = new ArrayList<>(group);
        while (pieces.size() < group && hasInput()) {
          pieces.add(new Piece(nextIndex, inputs.next()));
          nextIndex++;
        }
        start(pieces);
        if (arrivals.running() > 0) {
          group = Math.min(MAX_GROUP, 2 * group);
        }
      }
      look();
    }
  }

  private boolean hasInput() {
    isExhausted = isExhausted || !inputs.hasNext();
    Exception failure = isLazy ? null : inputs.failure();
    if (failure != null) {
      throw closeFor(failure);
    }
    return !isExhausted;
  }

  /// Reads inputs into one piece, or into several if they are large.
  private void gather(int size) {
    boolean mayBeSlow = ahead.size() < 0;
    long start = System.nanoTime();
    Chunk chunk = setting.batch().chunk(nextIndex);
    while (chunk.count() < size && !chunk.isFull() && hasInput()) {
      A input = inputs.next();
      if (!chunk.add(input)) {
        start(chunk);
        chunk = setting.batch().chunk(nextIndex);
        boolean _ = chunk.add(input);
      }
      nextIndex++;
      if (mayBeSlow && ahead.batch() == 0 && System.nanoTime() - start > GATHER_NANOS) {
        break;
      }
    }
    if (chunk.count() > 0) {
      start(chunk);
    }
  }

  private void start(Chunk chunk) {
    start(List.of(new Piece(nextIndex - chunk.count(), chunk)));
  }

  /// Starts what a piece has left behind.
  private void restart(Piece piece, int from, int to) {
    restart(piece, from, to, ahead.batch() > 0 ? ahead.batch() : ahead.chunk(0));
  }

  /// Starts what was given back because a task before it takes longer than any so far: so may
  /// these, though nothing that was measured says so.
  private void restartFinely(Arrival rest) {
    int fair = Math.max(1, rest.count() / (2 * setting.parallelism()));
    restart(rest.piece, rest.from, rest.to, Math.min(fair, ahead.chunk(0)));
  }

  private void restart(Piece piece, int from, int to, int size) {
    for (int start = from; start < to; start += size) {
      start(piece.part(start, Math.min(to, start + size), piece.failures));
    }
  }

  private void start(Piece piece) {
    start(List.of(piece));
  }

  private void start(List<Piece> pieces) {
    if (pieces.isEmpty()) {
      return;
    }
    stopIfInterrupted();
    List<Call> calls = new ArrayList<>(pieces.size());
    int count = 0;
    for (Piece piece : pieces) {
      out.put(piece.first, piece);
      bytesOut += piece.call.inputBytes();
      calls.add(piece.call);
      count += piece.count();
    }
    arrivals.started(count);
    setting.batch().start(calls);
  }

  private boolean hasRoom() {
    int window = ahead.window();
    return arrivals.running() < window
        && (!isLazy || nextIndex - results.handedOut() < ahead.untaken())
        && (bytesOut < MAX_AHEAD_BYTES || arrivals.running() < 2 * setting.parallelism());
  }

  // ---- waiting

  private void sleep() {
    Map.Entry<Long, Piece> first = out.firstEntry();
    Piece awaited = isLazy && first != null ? first.getValue() : null;
    int below = isExhausted ? 0 : ahead.window() / 2;
    if (!arrivals.await(() -> awaited != null && awaited.end != null, below)) {
      stopIfInterrupted();
    }
    String why = arrivals.cancellation();
    if (why != null) {
      close();
      throw new CancellationException(why);
    }
  }

  /// The flag stays set, for whoever else has to know.
  private void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      close();
      throw new CancellationException(
          "interrupted while waiting for tasks; those that had not ended are cancelled");
    }
  }

  // ---- the end

  @Override
  public void cancelByInterrupt() {
    arrivals.cancel("the job was cancelled by an interrupt");
  }

  @Override
  public void giveUp() {
    arrivals.cancel("the job was cancelled by its user");
  }

  @Override
  public Object scope() {
    return setting.scope();
  }

  @Override
  public @Nullable WrittenPlace place() {
    return setting.batch().place();
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    isExhausted = true;
    setting.running().remove(this);
    for (Piece piece : out.values()) {
      if (piece.end == null) {
        piece.call.cancel(true);
      }
    }
    out.clear();
    progress.close();
  }

  /// Tasks of a piece, from one up to another, that have ended or were given back.
  private final class Arrival {

    final Piece piece;
    final int from;
    final int to;

    /// How they ended, or null.
    final @Nullable CallEnd end;

    Arrival(Piece piece, int from, int to, @Nullable CallEnd end) {
      this.piece = piece;
      this.from = from;
      this.to = to;
      this.end = end;
    }

    int count() {
      return to - from;
    }
  }

  /// The call of one input, or of neighboring ones. Only `end` and `kept` are written by other
  /// threads.
  private final class Piece implements CallListener {

    /// Which input of the job the first is.
    final long first;

    final Call call;
    final int failures;
    volatile @Nullable CallEnd end;

    /// How many of its tasks have not been given back; stays when it has ended.
    private volatile int kept;

    Piece(long index, A input) {
      first = index;
      failures = 0;
      call = setting.batch().prepare(input, index, this);
      kept = 1;
    }

    Piece(long first, Chunk chunk) {
      this.first = first;
      failures = 0;
      call = chunk.call(this, ahead.batch() == 0);
      kept = call.count();
    }

    private Piece(Piece whole, int from, int to, int failures) {
      first = whole.first + from;
      this.failures = failures;
      call = whole.call.again(from, to, this);
      kept = call.count();
    }

    Piece part(int from, int to, int failures) {
      return new Piece(this, from, to, failures);
    }

    int count() {
      return kept;
    }

    @Override
    public Caller caller() {
      return ResultFlow.this;
    }

    @Override
    public int tries() {
      return failures + 1;
    }

    @Override
    public String what(int index) {
      long number = width * (first + index);
      return width == 1 ? "input " + number : "the inputs from %d on".formatted(number);
    }

    @Override
    public void givenBack(int left) {
      Arrival rest;
      synchronized (this) {
        if (end != null || left >= kept) {
          return; // what the end leaves goes out again
        }
        rest = new Arrival(this, left, kept, null);
        kept = left;
      }
      arrivals.add(rest, rest.count(), true);
    }

    @Override
    public void ended(CallEnd how) {
      int count;
      synchronized (this) {
        end = how;
        count = kept;
      }
      boolean isUrgent = isFailure(how) || leavesSome(how, count);
      arrivals.add(new Arrival(this, 0, count, how), count, isUrgent);
    }
  }
}
