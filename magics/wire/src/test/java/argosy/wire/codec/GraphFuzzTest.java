package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever bytes a graph is read from, reading it ends, either with a value or with an exception
/// that says so, and takes no more memory than the bytes are worth.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
// Nothing here is stored, and the classes that nobody should use travel like others.
@SuppressWarnings({"serial", "JdkObsolete", "IdentityHashMapUsage", "UnnecessaryStringBuilder"})
class GraphFuzzTest {

  private static final int INPUTS = 100_000;

  /// The hash tables that a graph may leave empty, a stack trace, and the bookkeeping of a test.
  private static final long ALLOWED_BYTES = 8L * GraphInput.EMPTY_SLOTS + (1 << 20);

  private static final long LARGE_BYTES = 1 << 20;

  private final SplittableRandom random = new SplittableRandom(11);
  private final Set<String> named = new HashSet<>();
  private int read;
  private int rejected;

  enum Color {
    RED,
    GREEN
  }

  record Point(int x, double y, @Nullable String name, @Nullable Object next) {}

  static final class Node {
    long number = 7;
    @Nullable Object next;
    int[] values = {1, 2, 3};
    Map<String, Integer> counts = Map.of("one", 1);
    @Nullable Supplier<Object> self;
  }

  /// A table through a stream.
  static final class Counts extends HashMap<String, Integer> {
    Counts(Map<String, Integer> counts) {
      super(counts);
    }
  }

  /// Fields through a stream.
  static final class Hooked implements Serializable {
    private final String name = "hooked";
    private final List<Integer> numbers = List.of(1, 2);

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeInt(numbers.size());
      out.writeObject(name);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      Object unused = List.of(in.readInt(), in.readObject());
    }
  }

  /// Names only what valid graphs name: what any other class does is not the codec's.
  private final ClassTable table =
      Copies.naming(name -> {
        if (!named.contains(name)) {
          throw new ClassNotFoundException(name);
        }
        return Copies.BY_NAME.named(name);
      });

  @Test
  void everyGraphIsReadOrRejectedAndNoneCostsMoreThanItIsWorth() {
    List<byte[]> valid = valid();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int large = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutated(valid);
      long before = threads.getCurrentThreadAllocatedBytes();

      read(input, i);

      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated)
          .as("bytes allocated for input %d of %d bytes", i, input.length)
          .isLessThan(ALLOWED_BYTES + 1024L * input.length);
      large += allocated > LARGE_BYTES ? 1 : 0;
    }
    assertThat(large).as("inputs with a large table").isLessThan(INPUTS / 100);

    // The test feeds both: what is understood, and what is not.
    assertThat(read).isGreaterThan(INPUTS / 20);
    assertThat(rejected).isGreaterThan(INPUTS / 4);
  }

  private void read(byte[] input, int number) {
    try {
      Object value = new GraphReader(table, input).read();
      read++;
      // What has been read is sound: whatever it holds can be looked at.
      new GraphWriter(table).write(value);
    } catch (UnshippableException e) {
      // It was read.
    } catch (Exception | LinkageError | StackOverflowError e) {
      // The codec's own, or what a class says whose code is given what it never wrote, as a set
      // that holds itself has no end of a hash.
      rejected++;
    } catch (Throwable e) {
      throw new AssertionError("input %d of %d bytes".formatted(number, input.length), e);
    }
  }

  // ---- inputs

  private List<byte[]> valid() {
    Node first = new Node();
    Node second = new Node();
    first.next = second;
    second.next = List.of(first, first);
    Supplier<Object> lambda = () -> List.of(first, second);
    first.self = lambda;
    List<Object> itself = new ArrayList<>(List.of("x"));
    itself.add(new Point(1, 2, "cyclic", itself));
    List<Object> values =
        List.of(
            first,
            itself,
            lambda,
            new Hooked(),
            new IdentityHashMap<>(Map.of("x", 1)),
            new Hashtable<>(Map.of("x", 1)),
            new Vector<>(List.of(1, 2)),
            new LinkedHashSet<>(Set.of("a", "b")),
            CompletableFuture.completedFuture("x"),
            new CopyOnWriteArrayList<>(List.of(1, 2)),
            new Counts(Map.of("key", 1)),
            new Point(1, 2.5, "name", new Point(2, 3.5, null, null)),
            new ArrayList<>(List.of("a", "b", 3, 4L, 5.0, 'c', (byte) 1)),
            new HashMap<>(Map.of("key", 1, "other", List.of(2))),
            new LinkedHashMap<>(Map.of(1, new int[] {1, 2, 3})),
            new TreeMap<>(Map.of("b", 1, "a", 2)),
            new HashSet<>(Set.of(1, 2, 3)),
            new ArrayDeque<>(List.of(1, 2)),
            new LinkedList<>(List.of(1, 2)),
            new PriorityQueue<>(List.of(3, 1, 2)),
            new ConcurrentHashMap<>(Map.of("x", "y")),
            new EnumMap<>(Map.of(Color.RED, 1)),
            EnumSet.of(Color.RED, Color.GREEN),
            Arrays.asList(1, null, "x"),
            new ArrayList<>(List.of(1, 2, 3)).subList(1, 2),
            List.of(1),
            Map.of(1, 2),
            Set.of(1, 2, 3),
            new Object[] {1, "two", new long[] {3}, new String[] {"4"}},
            new int[][] {{1}, {2, 3}},
            new double[] {1, 2, 3},
            new byte[] {1, 2, 3},
            "text".repeat(20),
            "ünïcode",
            new BigInteger("123456789012345678901234567890"),
            new BigDecimal("1234.5678"),
            LocalDate.of(2026, 1, 2),
            Duration.ofSeconds(3),
            UUID.fromString("00000000-0000-0001-0000-000000000002"),
            Optional.of("x"),
            BitSet.valueOf(new long[] {5}),
            new AtomicLong(5),
            new StringBuilder("sb"),
            ByteBuffer.wrap(new byte[] {1, 2, 3}),
            new IllegalArgumentException("message", new RuntimeException("cause")),
            String.class,
            Color.GREEN);
    List<byte[]> valid = new ArrayList<>();
    for (Object value : values) {
      GraphWriter writer = new GraphWriter(recording());
      writer.write(value);
      valid.add(writer.bytes());
    }
    for (byte[] bytes : valid) {
      assertThat(new GraphReader(table, bytes).read()).isNotNull();
    }
    return valid;
  }

  private ClassTable recording() {
    return new ClassTable() {
      @Override
      public int numberOf(Class<?> type) {
        named.add(type.getName());
        return ClassTable.BY_NAME;
      }

      @Override
      public Class<?> numbered(int number) {
        throw new IllegalStateException("nothing is read");
      }

      @Override
      public Class<?> named(String name) {
        throw new IllegalStateException("nothing is read");
      }
    };
  }

  private byte[] mutated(List<byte[]> valid) {
    if (random.nextInt(10) == 0) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] input = valid.get(random.nextInt(valid.size())).clone();
    for (int i = random.nextInt(4); i > 0; i--) {
      input = mutate(input, valid);
    }
    return input;
  }

  private byte[] mutate(byte[] input, List<byte[]> valid) {
    if (input.length < 2) {
      return input;
    }
    int at = random.nextInt(input.length);
    switch (random.nextInt(6)) {
      case 0 -> input[at] = (byte) random.nextInt();
      case 1 -> input[at] ^= (byte) (1 << random.nextInt(8));
      // A small number in the place of another: references, counts and classes that exist.
      case 2 -> input[at] = (byte) random.nextInt(16);
      // A count as large as there is, in the variable length that counts have.
      case 3 -> {
        byte[] huge = {-1, -1, -1, -1, 7};
        System.arraycopy(huge, 0, input, at, Math.min(huge.length, input.length - at));
      }
      case 4 -> {
        return Arrays.copyOf(input, at);
      }
      // The end of one graph behind the start of another.
      default -> {
        byte[] other = valid.get(random.nextInt(valid.size()));
        int from = random.nextInt(other.length);
        byte[] spliced = Arrays.copyOf(input, at + other.length - from);
        System.arraycopy(other, from, spliced, at, other.length - from);
        return spliced;
      }
    }
    return input;
  }
}
