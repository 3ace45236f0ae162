package argosy;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The elements of whatever somebody wants to work on, one after the other. Who reads them cannot
/// change what they come from.
final class Elements {

  private Elements() {}

  static <A extends @Nullable Object> Over<A> of(Iterable<? extends A> inputs) {
    return new Over<>(
        () -> readOnly(inputs.iterator()),
        inputs instanceof Collection<?> collection ? collection.size() : -1,
        Options.NONE);
  }

  /// Once only.
  static <A extends @Nullable Object> Over<A> of(Iterator<? extends A> inputs) {
    return new Over<>(once(inputs, "an iterator"), -1, Options.NONE);
  }

  /// Once only.
  static <A extends @Nullable Object> Over<A> of(Stream<? extends A> inputs) {
    Spliterator<? extends A> elements = inputs.spliterator();
    return ofStream(Spliterators.iterator(elements), elements);
  }

  // A stream of boxed numbers would put each into a buffer and take it out again.

  /// Once only.
  static Over<Integer> of(IntStream inputs) {
    Spliterator.OfInt elements = inputs.spliterator();
    return ofStream(Spliterators.iterator(elements), elements);
  }

  /// Once only.
  static Over<Long> of(LongStream inputs) {
    Spliterator.OfLong elements = inputs.spliterator();
    return ofStream(Spliterators.iterator(elements), elements);
  }

  /// Once only.
  static Over<Double> of(DoubleStream inputs) {
    Spliterator.OfDouble elements = inputs.spliterator();
    return ofStream(Spliterators.iterator(elements), elements);
  }

  private static <A extends @Nullable Object> Over<A> ofStream(
      Iterator<? extends A> inputs, Spliterator<?> source) {
    return new Over<>(once(inputs, "a stream"), source.getExactSizeIfKnown(), Options.NONE);
  }

  /// The entries are copies: those of some maps are one object that changes.
  static <K extends @Nullable Object, V extends @Nullable Object> Over<Map.Entry<K, V>> of(
      Map<K, V> inputs) {
    return new Over<>(
        () -> inputs.entrySet().stream().<Map.Entry<K, V>>map(SimpleImmutableEntry::new).iterator(),
        inputs.size(),
        Options.NONE);
  }

  static <A> Over<A> of(int count, IntFunction<A> element) {
    return new Over<>(
        () -> IntStream.range(0, count).mapToObj(element).iterator(), count, Options.NONE);
  }

  /// What the first job has read, the second one would not get.
  private static <A extends @Nullable Object> Iterable<A> once(
      Iterator<? extends A> inputs, String source) {
    AtomicBoolean isTaken = new AtomicBoolean();
    return () -> {
      if (isTaken.getAndSet(true)) {
        throw new IllegalStateException(
            "these inputs come from %s, which another job has read already; make a list of them first, or %s for each job"
                .formatted(source, source));
      }
      return readOnly(inputs);
    };
  }

  private static <A extends @Nullable Object> Iterator<A> readOnly(Iterator<? extends A> inputs) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return inputs.hasNext();
      }

      @Override
      public A next() {
        return inputs.next();
      }
    };
  }
}
