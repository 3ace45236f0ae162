package argosy;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What [Parallel] does with many inputs, whatever holds them. Everybody calls it by the name of
/// [Parallel], which inherits it: a class of its own only because it is long.
///
/// Each kind of input has two overloads: a lambda that throws wants a type of ours, a variable has
/// one of the JDK's.
abstract sealed class ParallelInputs permits Parallel {

  // ---- results in the order of the inputs

  /// Applies `f` to each element of a collection, or anything that can be iterated over, in the
  /// order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterable<? extends A> inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a collection, or anything that can be iterated over, in the
  /// order of the inputs. For a function of the JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterable<? extends A> inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      A[] inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      A[] inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an iterator, read as far as needed, in the order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterator<? extends A> inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an iterator, read as far as needed, in the order of the inputs.
  /// For a function of the JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterator<? extends A> inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, read as far as needed, in the order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Stream<? extends A> inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, read as far as needed, in the order of the inputs.
  /// For a function of the JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Stream<? extends A> inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each entry of a map, in the order of the inputs.
  public static <K extends @Nullable Object, V extends @Nullable Object, R extends @Nullable Object>
      List<R> map(Map<K, V> inputs, Fn<? super Map.Entry<K, V>, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each entry of a map, in the order of the inputs. For a function of the JDK's
  /// type.
  public static <K extends @Nullable Object, V extends @Nullable Object, R extends @Nullable Object>
      List<R> map(Map<K, V> inputs, Function<? super Map.Entry<K, V>, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      int[] inputs, Fn<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      int[] inputs, Function<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      long[] inputs, Fn<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      long[] inputs, Function<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      double[] inputs, Fn<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      double[] inputs, Function<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      float[] inputs, Fn<? super Float, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      float[] inputs, Function<? super Float, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      byte[] inputs, Fn<? super Byte, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      byte[] inputs, Function<? super Byte, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      short[] inputs, Fn<? super Short, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      short[] inputs, Function<? super Short, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      char[] inputs, Fn<? super Character, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      char[] inputs, Function<? super Character, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      boolean[] inputs, Fn<? super Boolean, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      boolean[] inputs, Function<? super Boolean, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      IntStream inputs, Fn<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs. For a
  /// function of the JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      IntStream inputs, Function<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      LongStream inputs, Fn<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs. For a
  /// function of the JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      LongStream inputs, Function<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      DoubleStream inputs, Fn<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      DoubleStream inputs, Function<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  // ---- effects without results

  /// Does something with each element of a collection, or anything that can be iterated over, on
  /// the workers.
  public static <A extends @Nullable Object> void forEach(
      Iterable<? extends A> inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a collection, or anything that can be iterated over, on
  /// the workers. For a consumer of the JDK's type.
  public static <A extends @Nullable Object> void forEach(
      Iterable<? extends A> inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static <A extends @Nullable Object> void forEach(A[] inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static <A extends @Nullable Object> void forEach(A[] inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an iterator, read as far as needed, on the workers.
  public static <A extends @Nullable Object> void forEach(
      Iterator<? extends A> inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an iterator, read as far as needed, on the workers. For a
  /// consumer of the JDK's type.
  public static <A extends @Nullable Object> void forEach(
      Iterator<? extends A> inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, read as far as needed, on the workers.
  public static <A extends @Nullable Object> void forEach(
      Stream<? extends A> inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, read as far as needed, on the workers. For a
  /// consumer of the JDK's type.
  public static <A extends @Nullable Object> void forEach(
      Stream<? extends A> inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each entry of a map, on the workers.
  public static <K extends @Nullable Object, V extends @Nullable Object> void forEach(
      Map<K, V> inputs, Effect<? super Map.Entry<K, V>> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each entry of a map, on the workers. For a consumer of the JDK's type.
  public static <K extends @Nullable Object, V extends @Nullable Object> void forEach(
      Map<K, V> inputs, Consumer<? super Map.Entry<K, V>> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(int[] inputs, Effect<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(int[] inputs, Consumer<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(long[] inputs, Effect<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(long[] inputs, Consumer<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(double[] inputs, Effect<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(double[] inputs, Consumer<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers.
  public static void forEach(IntStream inputs, Effect<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers. For a consumer
  /// of the JDK's type.
  public static void forEach(IntStream inputs, Consumer<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers.
  public static void forEach(LongStream inputs, Effect<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers. For a consumer
  /// of the JDK's type.
  public static void forEach(LongStream inputs, Consumer<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, on the workers.
  public static void forEach(DoubleStream inputs, Effect<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(DoubleStream inputs, Consumer<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  // ---- with options

  /// {@return these inputs, for a job with options}
  public static <A extends @Nullable Object> Over<A> over(Iterable<? extends A> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the elements of an array, for a job with options}
  public static <A extends @Nullable Object> Over<A> over(A[] inputs) {
    return Elements.of(Arrays.asList(inputs));
  }

  /// {@return what an iterator yields, read as far as needed, for one job with options}
  public static <A extends @Nullable Object> Over<A> over(Iterator<? extends A> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the elements of a stream, read as far as needed, for one job with options}
  public static <A extends @Nullable Object> Over<A> over(Stream<? extends A> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the entries of a map, for a job with options}
  public static <K extends @Nullable Object, V extends @Nullable Object> Over<Map.Entry<K, V>> over(
      Map<K, V> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Integer> over(int[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Long> over(long[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Double> over(double[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Float> over(float[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Byte> over(byte[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Short> over(short[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Character> over(char[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Boolean> over(boolean[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the numbers of a stream, read as far as needed, for one job with options}
  public static Over<Integer> over(IntStream inputs) {
    return over(inputs.boxed());
  }

  /// {@return the numbers of a stream, read as far as needed, for one job with options}
  public static Over<Long> over(LongStream inputs) {
    return over(inputs.boxed());
  }

  /// {@return the numbers of a stream, read as far as needed, for one job with options}
  public static Over<Double> over(DoubleStream inputs) {
    return over(inputs.boxed());
  }
}
