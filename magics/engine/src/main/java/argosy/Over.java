package argosy;

import argosy.Engine.Inputs;
import argosy.wire.AdaptedFunction.Accepted;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.AdaptedFunction.Collected;
import argosy.wire.AdaptedFunction.Folded;
import argosy.wire.TaskFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Inputs, how they are to be worked on, and at the end what is to be done with each.
///
/// ```java
/// List<Double> scores = Parallel.over(folds).workers(4).seed(42).map(fold -> score(fold));
/// ```
///
/// Options return a new value; nothing runs before one of the ends is called: [#map], [#stream],
/// [#forEach], [#reduce], [#collect]. All but `stream` block until everything has ended, throw what
/// the first failing task threw and cancel the others. What is thrown says, as a suppressed
/// exception, which input it was for. Interrupting the caller cancels the job; the interrupt flag
/// stays set and a `CancellationException` is thrown.
///
/// @param <A> an input
public final class Over<A extends @Nullable Object> {

  /// How many parts a reduction has. Fixed, so that rounding never depends on the workers.
  private static final int PARTS = 64;

  /// How many inputs a part has when nobody knows how many there are.
  private static final int PART_OF_UNKNOWN = 256;

  private final Iterable<A> inputs;
  private final long size;
  private final Options options;

  /// How many of the user's inputs each of these is.
  private final int width;

  Over(Iterable<A> inputs, long size, Options options) {
    this(inputs, size, options, 1);
  }

  private Over(Iterable<A> inputs, long size, Options options, int width) {
    this.inputs = inputs;
    this.size = size;
    this.options = options;
    this.width = width;
  }

  private Over<A> with(Options changed) {
    return new Over<>(inputs, size, changed, width);
  }

  /// Where the tasks run: `processes`, `threads` or `sequential`.
  public Over<A> backend(String backend) {
    return with(options.backend(backend));
  }

  /// How many workers take part; more are started if there are fewer.
  ///
  /// @throws IllegalArgumentException if it is less than 1
  public Over<A> workers(int workers) {
    return with(options.workers(workers));
  }

  /// How many inputs a worker is given at a time, and runs one after the other. Without this, as
  /// many as the duration of those before suggests; if one of them then takes long, those behind it
  /// go to a worker that has nothing to do.
  ///
  /// @throws IllegalArgumentException if it is less than 1
  public Over<A> batch(int batch) {
    return with(options.batch(batch));
  }

  /// How often a task is tried again whose worker was lost. What it did before is done again.
  ///
  /// @throws IllegalArgumentException if it is less than 1
  public Over<A> retries(int retries) {
    return with(options.retries(retries));
  }

  /// Which exceptions of a task are worth a retry too; without [#retries], one.
  @SafeVarargs
  public final Over<A> retryOn(Class<? extends Throwable>... types) {
    return with(options.retryOn(types));
  }

  /// How long each task may run, from when it starts; then it fails with
  /// [DeadlineExceededException].
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Over<A> timeout(Duration timeout) {
    return with(options.timeout(timeout));
  }

  /// Results come in the order in which they are there, not in that of the inputs.
  public Over<A> unordered() {
    return with(options.unordered());
  }

  /// Shows how far the job is, under this name.
  public Over<A> progress(String label) {
    return with(options.progress(label));
  }

  /// [Parallel#random()] yields the same numbers in each task in every run, whatever the number of
  /// workers.
  public Over<A> seed(long seed) {
    return with(options.seed(seed));
  }

  /// {@return the results in the order of the inputs}
  ///
  /// @throws NotShippableException if something that `f` captures cannot leave this process
  public <R extends @Nullable Object> List<R> map(Fn<? super A, ? extends R> f) {
    return list(new Applied<A, R>(f));
  }

  /// As [#map(Fn)], for a function of the JDK's type.
  public <R extends @Nullable Object> List<R> map(Function<? super A, ? extends R> f) {
    return list(new Applied<A, R>(f));
  }

  private <R extends @Nullable Object> List<R> list(TaskFunction<A, R> function) {
    List<R> list = new ArrayList<>(size < 0 ? 10 : (int) Math.min(size, 1 << 20));
    try (Results<R> results = start(function, false)) {
      results.forEachRemaining(list::add);
    }
    return list;
  }

  /// {@return the results one by one, as they are asked for; inputs are read ahead by a bounded
  /// number. Closing the stream cancels the rest}
  ///
  /// @throws NotShippableException if something that `f` captures cannot leave this process
  public <R extends @Nullable Object> Stream<R> stream(Fn<? super A, ? extends R> f) {
    return lazily(new Applied<A, R>(f));
  }

  /// As [#stream(Fn)], for a function of the JDK's type.
  public <R extends @Nullable Object> Stream<R> stream(Function<? super A, ? extends R> f) {
    return lazily(new Applied<A, R>(f));
  }

  private <R extends @Nullable Object> Stream<R> lazily(TaskFunction<A, R> function) {
    Results<R> results = start(function, true);
    return StreamSupport.stream(
            size < 0
                ? Spliterators.spliteratorUnknownSize(results, Spliterator.ORDERED)
                : Spliterators.spliterator(results, size, Spliterator.ORDERED),
            false)
        .onClose(results::close);
  }

  /// Does something with each input, on the workers.
  ///
  /// @throws NotShippableException if something that `effect` captures cannot leave this process
  public void forEach(Effect<? super A> effect) {
    drain(effect);
  }

  /// As [#forEach(Effect)], for a consumer of the JDK's type.
  public void forEach(Consumer<? super A> effect) {
    drain(effect);
  }

  /// {@return what would ship with a function for these inputs, and why; neither is used}
  ///
  /// @throws NotShippableException if something that `f` captures cannot leave this process
  public Explanation explain(Fn<? super A, ?> f) {
    return Engine.current().explain(new Applied<>(f));
  }

  /// As [#explain(Fn)], for what [#forEach(Effect)] takes.
  public Explanation explainEffect(Effect<? super A> effect) {
    return Engine.current().explain(new Accepted<>(effect));
  }

  private void drain(Consumer<? super A> effect) {
    try (Results<?> results = this.<@Nullable Object>start(new Accepted<A>(effect), false)) {
      results.forEachRemaining(_ -> {});
    }
  }

  /// Reduces the inputs to one: parts of neighboring inputs on the workers, their results here.
  ///
  /// Which inputs make a part depends on how many there are, or on [#batch], never on the workers:
  /// a sum of `double`s is the same in every run.
  ///
  /// @param identity what the reduction starts with, once, and its result if there are no inputs
  /// @param op associative
  /// @throws NotShippableException if something that they capture cannot leave this process
  public A reduce(A identity, Op<A> op) {
    return fold(identity, op);
  }

  /// As [#reduce(Object, Op)], for an operator of the JDK's type.
  public A reduce(A identity, BinaryOperator<A> op) {
    return fold(identity, op);
  }

  private A fold(A identity, BinaryOperator<A> op) {
    A result = identity;
    try (Results<A> parts = parts().start(new Folded<>(op), false)) {
      while (parts.hasNext()) {
        result = op.apply(result, parts.next());
      }
    }
    return result;
  }

  /// Collects the inputs: parts of neighboring inputs are accumulated on the workers, and combined
  /// and finished here.
  ///
  /// @throws NotShippableException if something that the collector captures cannot leave this
  ///   process
  public <C extends @Nullable Object, R extends @Nullable Object> R collect(
      Collector<? super A, C, R> collector) {
    C container = collector.supplier().get();
    Collected<A, C> function = new Collected<>(collector.supplier(), collector.accumulator());
    try (Results<C> parts = parts().start(function, false)) {
      while (parts.hasNext()) {
        container = collector.combiner().apply(container, parts.next());
      }
    }
    return collector.finisher().apply(container);
  }

  /// The same inputs in parts, each of which is one input.
  private Over<List<A>> parts() {
    Integer batch = options.over(Parallel.defaults()).batch();
    int partSize =
        batch != null
            ? batch
            : size < 0 ? PART_OF_UNKNOWN : Math.toIntExact(Math.max(1, Math.ceilDiv(size, PARTS)));
    long count = size < 0 ? -1 : Math.ceilDiv(size, partSize);
    Iterable<List<A>> parts = () -> new Parts<>(inputs.iterator(), partSize);
    Options ordered =
        new Options(
            options.backend(),
            options.workers(),
            1,
            options.retries(),
            options.retryOn(),
            options.timeout(),
            false,
            options.progress(),
            options.seed());
    return new Over<>(parts, count, ordered, partSize);
  }

  private <R extends @Nullable Object> Results<R> start(
      TaskFunction<A, R> function, boolean isLazy) {
    return Engine.current()
        .each(
            function,
            new Inputs<>(inputs.iterator(), size, isLazy, width),
            options.over(Parallel.defaults()));
  }

  /// {@return how many inputs these are, and what is to be done next}
  @Override
  public String toString() {
    return "Over["
        + (size < 0 ? "inputs" : size == 1 ? "1 input" : size + " inputs")
        + ", which nothing has been done with: end it with map, forEach, reduce, collect or stream]";
  }

  private record Parts<A extends @Nullable Object>(Iterator<A> inputs, int size)
      implements Iterator<List<A>> {

    @Override
    public boolean hasNext() {
      return inputs.hasNext();
    }

    @Override
    public List<A> next() {
      List<A> part = new ArrayList<>(size);
      do {
        part.add(inputs.next());
      } while (part.size() < size && inputs.hasNext());
      return part;
    }
  }
}
