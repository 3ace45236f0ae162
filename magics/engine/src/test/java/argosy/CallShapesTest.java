package argosy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people write must compile, without a cast and without ambiguity. Most of this test is done
/// when the compiler is.
class CallShapesTest {

  private static final Options HERE = Options.NONE.backend("sequential");

  @BeforeAll
  static void install() {
    Engine.install(new argosy.engine.LocalEngine());
  }

  @AfterAll
  static void close() {
    Engine.current().close();
  }

  static int twice(int x) {
    return 2 * x;
  }

  static int risky(int x) throws IOException {
    if (x > 100) {
      throw new IOException("too large");
    }
    return x;
  }

  static void act() throws IOException {}

  static void actOn(int x) throws IOException {}

  static int count() {
    return 7;
  }

  record Point(int x) {
    int scaled(int by) {
      return x * by;
    }
  }

  @Test
  void functionsOfOneInput() {
    Function<Integer, Integer> variable = x -> x + 1;
    Function<Object, String> wider = Object::toString;
    Fn<Integer, Integer> own = CallShapesTest::risky;
    Set<Integer> one = Set.of(1);
    Collection<? extends Integer> wild = one;
    Parallel.with(
        HERE,
        () -> {
          List<Integer> expression = Parallel.map(one, x -> x + 1);
          List<Integer> block =
              Parallel.map(
                  one,
                  x -> {
                    int y = x;
                    return y + 1;
                  });
          List<Integer> explicit = Parallel.map(one, (Integer x) -> x + 1);
          List<Integer> throwing = Parallel.map(one, x -> risky(x));
          List<Integer> always =
              Parallel.map(
                  List.<Integer>of(),
                  x -> {
                    throw new IOException("always");
                  });
          List<Integer> reference = Parallel.map(one, CallShapesTest::twice);
          List<Integer> throwingReference = Parallel.map(one, CallShapesTest::risky);
          List<Point> constructor = Parallel.map(one, Point::new);
          List<String> overloaded = Parallel.map(one, String::valueOf);
          List<Integer> ofInput = Parallel.map(constructor, Point::x);
          List<Integer> fromVariable = Parallel.map(one, variable);
          List<String> fromWider = Parallel.map(one, wider);
          List<Integer> fromOwn = Parallel.map(one, own);
          List<Integer> composed = Parallel.map(one, variable.andThen(variable));
          List<Integer> identity = Parallel.map(one, Function.identity());
          List<Integer> fromWild = Parallel.map(wild, x -> x);
          List<Integer> range = Parallel.map(IntStream.range(1, 2), x -> risky(x));
          List<Integer> primitives = Parallel.map(new int[] {1}, CallShapesTest::twice);
          List<List<Integer>> nested = Parallel.map(one, x -> Parallel.map(one, y -> x + y));
          var lengths = Parallel.map(Stream.of("a"), String::length);
          assertThat(
                  List.of(
                      expression,
                      block,
                      explicit,
                      throwing,
                      always,
                      reference,
                      throwingReference,
                      constructor,
                      overloaded,
                      ofInput,
                      fromVariable,
                      fromWider,
                      fromOwn,
                      composed,
                      identity,
                      fromWild,
                      range,
                      primitives,
                      nested,
                      lengths))
              .hasSize(20);
        });
  }

  @Test
  void arraysOfEveryPrimitiveType() {
    Function<Float, Double> variable = x -> x / 2.0;
    Parallel.with(
        HERE,
        () -> {
          assertThat(Parallel.map(new int[] {1}, x -> x + 1)).containsExactly(2);
          assertThat(Parallel.map(new long[] {1}, x -> x + 1)).containsExactly(2L);
          assertThat(Parallel.map(new double[] {1}, x -> x + 1)).containsExactly(2.0);
          assertThat(Parallel.map(new float[] {1, 2}, x -> x + 1)).containsExactly(2f, 3f);
          assertThat(Parallel.map(new float[] {1}, variable)).containsExactly(0.5);
          assertThat(Parallel.map(new byte[] {3}, x -> risky(x))).containsExactly(3);
          assertThat(Parallel.map(new short[] {3}, CallShapesTest::twice)).containsExactly(6);
          assertThat(Parallel.map("ab".toCharArray(), c -> "" + c + c)).containsExactly("aa", "bb");
          assertThat(Parallel.over(new boolean[] {true, false}).map(x -> !x))
              .containsExactly(false, true);
        });
  }

  @Test
  void bodiesWithoutInput() throws Exception {
    Callable<Integer> callable = () -> 1;
    Runnable runnable = () -> {};
    Point point = new Point(3);
    Parallel.with(
        HERE,
        () -> {
          Task<Integer> expression = Parallel.submit(() -> 1);
          Task<Integer> block =
              Parallel.submit(() -> {
                int x = risky(1);
                return x;
              });
          Task<?> nothing =
              Parallel.submit(() -> {
                act();
              });
          Task<?> statement = Parallel.submit(() -> act());
          Task<?> reference = Parallel.submit(CallShapesTest::act);
          Task<Integer> value = Parallel.submit(CallShapesTest::count);
          Task<Integer> ofObject = Parallel.submit(point::x);
          Task<Integer> fromCallable = Parallel.submit(callable);
          Task<?> fromRunnable = Parallel.submit(runnable);
          Task<Integer> always =
              Parallel.submit(() -> {
                throw new IOException("always");
              });
          assertThat(
                  List.of(
                      expression,
                      block,
                      nothing,
                      statement,
                      reference,
                      value,
                      ofObject,
                      fromCallable,
                      fromRunnable))
              .allMatch(Task::isDone);
          assertThat(always.exceptionNow()).hasMessage("always");
          int answer = Parallel.with(HERE, () -> 1);
          Parallel.with(HERE, () -> act());
          assertThat(answer).isEqualTo(1);
        });
  }

  @Test
  void effectsOnTheUsualInputs() {
    List<Object> seen = new ArrayList<>();
    Consumer<Object> consumer = seen::add;
    Effect<Object> own = x -> seen.add(x);
    Parallel.with(
        HERE,
        () -> {
          Parallel.forEach(List.of(1), x -> actOn(x));
          Parallel.forEach(List.of(1), CallShapesTest::actOn);
          Parallel.forEach(List.of(1), CallShapesTest::twice);
          Parallel.forEach(List.of("a"), seen::add);
          Parallel.forEach(new String[] {"b"}, consumer);
          Parallel.forEach(Stream.of("c"), own);
          Parallel.forEach(Map.of("e", 1), entry -> seen.add(entry.getKey()));
          Parallel.forEach(new int[] {1}, x -> seen.add(x + 1));
          Parallel.forEach(IntStream.range(0, 2), consumer);
          Parallel.forEach(List.of(7).iterator(), consumer);
          Parallel.forEach(new long[] {1}, x -> seen.add(x + 1));
          Parallel.forEach(new double[] {1}, consumer);
          Parallel.forEach(new float[] {1}, consumer);
          Parallel.forEach(new byte[] {1}, consumer);
          Parallel.forEach(new short[] {1}, consumer);
          Parallel.forEach(new char[] {'1'}, consumer);
          Parallel.forEach(new boolean[] {true}, consumer);
          Parallel.forEach(LongStream.range(0, 2), consumer);
          Parallel.forEach(DoubleStream.of(1), consumer);
        });

    assertThat(seen)
        .containsExactly(
            "a", "b", "c", "e", 2, 0, 1, 7, 2L, 1.0, 1.0f, (byte) 1, (short) 1, '1', true, 0L, 1L,
            1.0);
  }

  @Test
  void theOtherEnds() {
    Consumer<Object> consumer = x -> {};
    BinaryOperator<Integer> operator = Integer::max;
    BiFunction<Integer, Integer, Integer> pair = (a, b) -> a + b;
    Parallel.with(
        HERE,
        () -> {
          Over<Integer> over = Parallel.over(List.of(1, 2));
          over.forEach(x -> actOn(x));
          over.forEach(CallShapesTest::actOn);
          over.forEach(CallShapesTest::twice);
          over.forEach(consumer);
          over.forEach(x -> {
            actOn(x);
          });
          int sum = over.reduce(0, Integer::sum);
          int lambda = over.reduce(0, (a, b) -> a + risky(b));
          int variable = over.reduce(0, operator);
          try (Stream<Integer> stream = over.stream(x -> risky(x))) {
            assertThat(stream).containsExactly(1, 2);
          }
          Task<Integer> task = Parallel.submit(() -> 1);
          Task<Integer> then = task.then(x -> risky(x)).then(CallShapesTest::twice);
          Task<Integer> recovered = then.recover(failure -> 0);
          Task<Integer> combined = Parallel.combine(task, then, (a, b) -> a + risky(b));
          Task<Integer> withVariable = Parallel.combine(task, then, pair);
          Task<Integer> withReference = Parallel.combine(task, then, Integer::sum);
          Parallel.waitAll(List.of(task, then, recovered, combined, withVariable, withReference));
          assertThat(sum + lambda + variable).isEqualTo(8);
        });
  }
}
