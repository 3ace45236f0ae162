package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Random graphs of cell objects and collections arrive isomorphic, there and back again.
@SuppressWarnings("ReferenceEquality") // identity is what this is about
class RandomGraphTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  private static final Shipment ECHO =
      Shipment.of(NOTEBOOK, NOTEBOOK.run("Function<Object, Object> f = x -> x;"));

  private static final Class<?> NODE =
      (Class<?>)
          Objects.requireNonNull(
              NOTEBOOK.run(
                  "class Node { int tag; Object left; Object right; final double[] data = new double[2]; }",
                  "Node.class"));

  private static final Class<?> PAIR =
      (Class<?>)
          Objects.requireNonNull(NOTEBOOK.run("record Pair(Object a, Object b) {}", "Pair.class"));

  private static final Object[] COLORS =
      (Object[])
          Objects.requireNonNull(NOTEBOOK.run("enum Color { RED, GREEN }", "Color.values()"));

  @SuppressWarnings("unchecked") // the cell says so
  private static final Function<Object, Supplier<Object>> HOLDING =
      (Function<Object, Supplier<Object>>)
          Objects.requireNonNull(
              NOTEBOOK.run("Function<Object, Supplier<Object>> holding = o -> () -> o;"));

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void arrivesIsomorphic(long seed) throws Throwable {
    Object graph = new Maker(new SplittableRandom(seed)).graph(5 + (int) (seed * 13 % 400));

    Object copy = ECHO.run(graph);

    assertThat(difference(graph, copy)).isNull();
    assertThat(copy).isNotSameAs(graph);
  }

  /// A chain of nodes, lists and lambdas, deeper than a stack.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void arrivesHoweverDeep(long seed) throws Throwable {
    SplittableRandom random = new SplittableRandom(seed);
    Maker maker = new Maker(random);
    Object end = "end";
    for (int i = 0; i < 20_000; i++) {
      end = maker.around(end);
    }

    Object copy = ECHO.run(end);

    assertThat(difference(end, copy)).isNull();
  }

  /// Makes objects that point at earlier and later ones alike.
  private record Maker(SplittableRandom random) {

    Object graph(int size) throws ReflectiveOperationException {
      List<Object> made = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        made.add(one(made));
      }
      for (Object each : made) {
        connect(each, made);
      }
      return made;
    }

    private Object one(List<Object> made) throws ReflectiveOperationException {
      return switch (random.nextInt(13)) {
        case 0 -> new ArrayList<>();
        case 1 -> new LinkedHashMap<>();
        case 2 -> new HashMap<>();
        case 3 -> new Object[random.nextInt(4)];
        case 4 -> random.doubles(3).toArray();
        case 5 -> "s" + random.nextInt(5);
        case 6 -> {
          var constructor = PAIR.getDeclaredConstructors()[0];
          constructor.setAccessible(true);
          yield constructor.newInstance(any(made), any(made));
        }
        case 7 -> random.nextLong();
        case 8 -> random.ints(4).toArray();
        case 9 -> Optional.ofNullable(any(made));
        case 10 -> COLORS[random.nextInt(COLORS.length)];
        case 11 -> {
          Object held = any(made);
          yield HOLDING.apply(held == null ? "nothing" : held);
        }
        default -> {
          var constructor = NODE.getDeclaredConstructor();
          constructor.setAccessible(true);
          yield constructor.newInstance();
        }
      };
    }

    Object around(Object inner) throws ReflectiveOperationException {
      return switch (random.nextInt(4)) {
        case 0 -> new ArrayList<>(List.of(inner));
        case 1 -> new Object[] {inner};
        case 2 -> HOLDING.apply(inner);
        default -> {
          var constructor = NODE.getDeclaredConstructor();
          constructor.setAccessible(true);
          Object node = constructor.newInstance();
          set(node, "left", inner);
          yield node;
        }
      };
    }

    private @Nullable Object any(List<Object> made) {
      return made.isEmpty() || random.nextInt(8) == 0
          ? null
          : made.get(random.nextInt(made.size()));
    }

    @SuppressWarnings("unchecked") // made above
    private void connect(Object each, List<Object> made) throws ReflectiveOperationException {
      int count = random.nextInt(4);
      if (each instanceof List<?> list) {
        for (int i = 0; i < count; i++) {
          ((List<@Nullable Object>) list).add(any(made));
        }
      } else if (each instanceof Map<?, ?> map) {
        for (int i = 0; i < count; i++) {
          ((Map<Object, @Nullable Object>) map).put("k" + i, any(made));
        }
      } else if (each instanceof @Nullable Object[] array) {
        for (int i = 0; i < array.length; i++) {
          array[i] = any(made);
        }
      } else if (NODE.isInstance(each)) {
        set(each, "tag", random.nextInt());
        set(each, "left", any(made));
        set(each, "right", any(made));
      }
    }

    private static void set(Object node, String name, @Nullable Object value)
        throws ReflectiveOperationException {
      Field field = NODE.getDeclaredField(name);
      field.setAccessible(true);
      field.set(node, value);
    }
  }

  private record Step(@Nullable Object one, @Nullable Object other) {}

  /// {@return where two graphs differ in shape, class or content, or null}
  private static @Nullable String difference(@Nullable Object root, @Nullable Object copy)
      throws ReflectiveOperationException {
    IdentityHashMap<Object, Object> paired = new IdentityHashMap<>();
    IdentityHashMap<Object, Object> reverse = new IdentityHashMap<>();
    Deque<Step> steps = new ArrayDeque<>(List.of(new Step(root, copy)));
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      Object one = step.one();
      Object other = step.other();
      if (one == null || other == null) {
        if (one != other) {
          return "a null became " + other;
        }
        continue;
      }
      if (one instanceof Supplier<?> supplier && other instanceof Supplier<?> copied) {
        if (paired.put(one, other) == null) {
          steps.push(new Step(supplier.get(), copied.get()));
        }
        continue;
      }
      if (one.getClass() != other.getClass()) {
        return one.getClass() + " became " + other.getClass();
      }
      if (one instanceof Enum<?>) {
        if (one != other) {
          return one + " became another object";
        }
        continue;
      }
      if (one instanceof Optional<?> optional) {
        steps.push(new Step(optional.orElse(null), ((Optional<?>) other).orElse(null)));
        continue;
      }
      if (one instanceof String || one instanceof Long || one instanceof Integer) {
        if (!one.equals(other)) {
          return one + " became " + other;
        }
        continue;
      }
      Object known = paired.put(one, other);
      Object back = reverse.put(other, one);
      if (known != null || back != null) {
        if (known != other || back != one) {
          return "shared objects were split or merged";
        }
        continue;
      }
      expand(one, other, steps);
    }
    return null;
  }

  private static void expand(Object one, Object other, Deque<Step> steps)
      throws ReflectiveOperationException {
    if (one instanceof Map<?, ?> map) {
      steps.push(new Step(List.copyOf(map.keySet()), List.copyOf(((Map<?, ?>) other).keySet())));
      steps.push(
          new Step(new ArrayList<>(map.values()), new ArrayList<>(((Map<?, ?>) other).values())));
    } else if (one instanceof List<?> list) {
      steps.push(new Step(list.toArray(), ((List<?>) other).toArray()));
    } else if (one.getClass().isArray()) {
      steps.push(new Step(Array.getLength(one), Array.getLength(other)));
      for (int i = 0; i < Math.min(Array.getLength(one), Array.getLength(other)); i++) {
        Object element = Array.get(one, i);
        Object copied = Array.get(other, i);
        steps.push(
            element instanceof Double
                ? new Step(element.toString(), copied.toString())
                : new Step(element, copied));
      }
    } else {
      for (Field field : one.getClass().getDeclaredFields()) {
        field.setAccessible(true);
        steps.push(new Step(field.get(one), field.get(other)));
      }
    }
  }
}
