package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Scanner;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GraphTest {

  private static final class Node {
    int value;
    @Nullable Node next;

    Node(int value) {
      this.value = value;
    }
  }

  private record Pair(@Nullable Object left, @Nullable Object right) {}

  @SuppressWarnings("unchecked")
  private static <T> T copy(T value) {
    return (T) java.util.Objects.requireNonNull(Copies.copy(value));
  }

  @Test
  void keepsArraysOfEveryKind() {
    Object[] arrays = {
      new int[] {1, -2},
      new long[] {3},
      new double[] {0.5, Double.NaN, -0.0},
      new float[] {1.5f},
      new short[] {4},
      new char[] {'x', '\0'},
      new byte[] {5},
      new boolean[] {true, false},
      new String[] {"a", null},
      new int[][] {{1}, {}, null},
      new Object[0],
      new List<?>[] {List.of(1)},
      new Integer[][][] {{{1, null}}}
    };

    Object[] copy = copy(arrays);

    assertThat(Arrays.deepEquals(copy, arrays)).isTrue();
    for (int i = 0; i < arrays.length; i++) {
      assertThat(copy[i].getClass()).isEqualTo(arrays[i].getClass());
    }
  }

  @Test
  void keepsLargeArrays() {
    double[] values = new Random(1).doubles(1_000_000).toArray();
    boolean[] flags = new boolean[300_000];
    flags[299_999] = true;

    assertThat(copy(values)).isEqualTo(values);
    assertThat(copy(flags)).isEqualTo(flags);
  }

  @Test
  void keepsWhatIsShared() {
    List<Integer> shared = new ArrayList<>(List.of(1));

    Pair copy = copy(new Pair(shared, new Object[] {shared}));

    assertThat(((Object[]) java.util.Objects.requireNonNull(copy.right()))[0])
        .isSameAs(copy.left());
  }

  @Test
  void keepsCycles() {
    Node first = new Node(1);
    first.next = new Node(2);
    first.next.next = first;
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);

    Node copy = copy(first);

    assertThat(java.util.Objects.requireNonNull(copy.next).next).isSameAs(copy);
    Map<String, Object> mapCopy = copy(map);
    assertThat(mapCopy.get("self")).isSameAs(mapCopy);
  }

  @Test
  void keepsARecordThatHoldsItself() {
    List<Object> list = new ArrayList<>();
    Pair pair = new Pair(list, 7);
    list.add(pair);

    Pair copy = copy(pair);

    assertThat(((List<?>) java.util.Objects.requireNonNull(copy.left())).get(0)).isSameAs(copy);
    assertThat(copy.right()).isEqualTo(7);
  }

  /// Found by what is read after those whom it knows, and who know it.
  private static final class Person {

    private final Set<Person> known = new HashSet<>();
    private final Map<Person, String> since = new LinkedHashMap<>();
    private final String name;

    private Person(String name) {
      this.name = name;
    }

    private void meets(Person other, String when) {
      known.add(other);
      since.put(other, when);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Person person && Objects.equals(name, person.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /// The same, of whom all are alike as long as they have no name.
  private static final class Someone {

    private final Set<Someone> known = new HashSet<>();
    private final String name;

    private Someone(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Someone someone && Objects.equals(name, someone.name);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(name);
    }
  }

  @Test
  void keepsSetsAndKeysWhoseElementsAreIncompleteAtFirst() {
    Person ann = new Person("Ann");
    Person bob = new Person("Bob");
    for (Person person : List.of(ann, bob)) {
      person.meets(ann, "birth");
      person.meets(bob, "school");
    }

    Person copy = copy(ann);

    assertThat(copy.known).containsExactlyInAnyOrder(ann, bob).contains(copy);
    assertThat(copy.since).containsExactly(Map.entry(ann, "birth"), Map.entry(bob, "school"));
    assertThat(copy.since.keySet().iterator().next()).isSameAs(copy);
  }

  @Test
  void losesNoElementThatIsLikeAnotherOneAtFirst() {
    List<Someone> all = List.of(new Someone("a"), new Someone("b"), new Someone("c"));
    all.forEach(someone -> someone.known.addAll(all));

    Someone copy = copy(all.get(0));

    assertThat(copy.known).containsExactlyInAnyOrderElementsOf(all).contains(copy);
    assertThat(copy.known).allSatisfy(each -> assertThat(each.known).hasSize(3));
  }

  @Test
  void keepsAChainOfAMillionNodes() {
    Node head = new Node(0);
    Node last = head;
    for (int i = 1; i < 1_000_000; i++) {
      last.next = new Node(i);
      last = last.next;
    }

    Node copy = copy(head);

    int count = 0;
    for (Node node = copy; node != null; node = node.next) {
      count += node.value == count ? 1 : 2_000_000;
    }
    assertThat(count).isEqualTo(1_000_000);
  }

  @Test
  void keepsViewsConnected() {
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4));
    Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
    Pair pair = new Pair(new Object[] {list, map}, new Object[] {list.subList(1, 3), map.keySet()});

    Pair copy = copy(pair);

    Object[] owners = (Object[]) java.util.Objects.requireNonNull(copy.left());
    Object[] views = (Object[]) java.util.Objects.requireNonNull(copy.right());
    @SuppressWarnings("unchecked")
    List<Integer> view = (List<Integer>) views[0];
    view.set(0, 20);
    view.subList(1, 2).clear();
    assertThat(owners[0]).isEqualTo(List.of(1, 20, 4));
    @SuppressWarnings("unchecked")
    Set<String> keys = (Set<String>) views[1];
    keys.clear();
    assertThat((Map<?, ?>) owners[1]).isEmpty();
  }

  @Test
  void iteratesHashTablesInTheSameOrder() {
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      map.put(i * 7919, i);
    }
    map.keySet().removeIf(key -> key % 3 != 0);

    assertThat(new ArrayList<>(copy(map).keySet())).isEqualTo(new ArrayList<>(map.keySet()));
  }

  @Test
  void keepsTheOrderOfTablesThatAreNearlyEmpty() {
    Map<Integer, Integer> hashed = new HashMap<>(1 << 20);
    Map<Integer, Integer> concurrent = new ConcurrentHashMap<>(1 << 18);
    for (int i = 20; i > 0; i--) {
      hashed.put(i * 7919 * 31, i);
      concurrent.put(i * 7919 * 31, i);
    }

    assertThat(new ArrayList<>(copy(hashed).keySet())).isEqualTo(new ArrayList<>(hashed.keySet()));
    assertThat(new ArrayList<>(copy(concurrent).keySet()))
        .isEqualTo(new ArrayList<>(concurrent.keySet()));
  }

  @Test
  void makesTablesSmallerThatAskForFarMoreThanTheyHold() {
    Map<Integer, Integer> huge = new LinkedHashMap<>(1 << 24);
    huge.put(2, 1);
    huge.put(1, 2);

    Map<Integer, Integer> copy = copy(huge);

    assertThat(copy.keySet()).containsExactly(2, 1);
    assertThat(HashTables.capacity((HashMap<Integer, Integer>) copy)).isLessThanOrEqualTo(64);
  }

  @Test
  void refusesATableThatNoWriterHas() {
    byte[] bytes = Copies.bytes(new HashMap<>(32));
    int capacity = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(32);
    bytes[capacity] = 17;

    assertThatThrownBy(() -> new GraphReader(Copies.BY_NAME, bytes).read())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no hash table has 17 slots");
  }

  @Test
  void keepsAccessOrderAndComparators() {
    Map<String, Integer> byAccess = new LinkedHashMap<>(16, 0.75f, true);
    byAccess.put("a", 1);
    byAccess.put("b", 2);

    Map<String, Integer> copy = copy(byAccess);
    copy.get("a");

    assertThat(copy.keySet()).containsExactly("b", "a");
    var sorted = new java.util.TreeMap<String, Integer>(Comparator.reverseOrder());
    sorted.putAll(Map.of("x", 1, "y", 2));
    assertThat(copy(sorted).firstKey()).isEqualTo("y");
  }

  @Test
  void keepsIdentityMapsByIdentity() {
    String key = new String("k");
    IdentityHashMap<Object, Integer> map = new IdentityHashMap<>();
    map.put(key, 1);

    Pair copy = copy(new Pair(key, map));

    assertThat(((Map<?, ?>) java.util.Objects.requireNonNull(copy.right())).get(copy.left()))
        .isEqualTo(1);
  }

  @Test
  void continuesRandomNumbers() {
    Random random = new Random(3);
    random.nextGaussian();
    SplittableRandom splittable = new SplittableRandom(4);
    RandomGenerator modern = RandomGenerator.of("L64X128MixRandom");

    assertThat(copy(random).nextGaussian()).isEqualTo(random.nextGaussian());
    assertThat(copy(random).nextInt()).isEqualTo(random.nextInt());
    assertThat(copy(splittable).nextLong()).isEqualTo(splittable.nextLong());
    assertThat(copy(modern).nextLong()).isEqualTo(modern.nextLong());
  }

  @Test
  void keepsStreamsAndWritersInMemory() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(bytes, true, java.nio.charset.StandardCharsets.UTF_8);
    print.print("ab");
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    writer.print("cd");
    BufferedReader reader = new BufferedReader(new StringReader("one\ntwo"));
    reader.readLine();

    Pair copy = copy(new Pair(bytes, print));
    ((PrintStream) java.util.Objects.requireNonNull(copy.right())).print("x");
    assertThat(copy.left()).hasToString("abx");
    Pair writers = copy(new Pair(text, writer));
    ((PrintWriter) java.util.Objects.requireNonNull(writers.right())).print("y");
    assertThat(writers.left()).hasToString("cdy");
    assertThat(copy(reader).readLine()).isEqualTo("two");
    assertThat(copy(new ByteArrayInputStream(new byte[] {1, 2})).readAllBytes())
        .containsExactly(1, 2);
    assertThat(copy(new Scanner("7 words")).nextInt()).isEqualTo(7);
  }

  @Test
  void leadsStandardStreamsToThisProcess() {
    Object[] copy = copy(new Object[] {System.out, System.err, System.in});

    assertThat(copy).containsExactly(System.out, System.err, System.in);
  }

  @Test
  void keepsBuffersWithTheArraysThatTheyShare() {
    byte[] array = {1, 2, 3, 4};
    ByteBuffer heap = ByteBuffer.wrap(array, 1, 2).slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer direct = ByteBuffer.allocateDirect(8).putInt(77);

    Pair copy = copy(new Pair(array, heap));
    ByteBuffer heapCopy = (ByteBuffer) java.util.Objects.requireNonNull(copy.right());
    heapCopy.put(0, (byte) 9);

    assertThat((byte[]) copy.left()).containsExactly(1, 9, 3, 4);
    assertThat(heapCopy.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer directCopy = copy(direct);
    assertThat(directCopy.position()).isEqualTo(4);
    assertThat(directCopy.getInt(0)).isEqualTo(77);
  }

  @Test
  void keepsProxiesFuturesLocksAndLoggers() throws Exception {
    InvocationHandler handler =
        (InvocationHandler & Serializable) (proxy, method, args) -> "got it";
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Supplier.class}, handler);

    assertThat(((Supplier<?>) copy(proxy)).get()).isEqualTo("got it");
    assertThat(copy(CompletableFuture.completedFuture("v")).join()).isEqualTo("v");
    assertThat(
            copy(CompletableFuture.failedFuture(new IllegalStateException("no")))
                .handle((value, thrown) -> thrown)
                .join())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
    ReentrantLock lock = copy(new ReentrantLock());
    lock.lock();
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    ArrayBlockingQueue<Integer> queue = copy(new ArrayBlockingQueue<>(2, true, List.of(5)));
    queue.put(6);
    assertThat(queue.take()).isEqualTo(5);
    assertThat(copy(Logger.getLogger("a.b"))).isSameAs(Logger.getLogger("a.b"));
    assertThat(copy(System.getLogger("a.c")).getName()).isEqualTo("a.c");
    assertThat(copy(List.of(System.getLogger("a.d"))).get(0).getName()).isEqualTo("a.d");
    assertThat(copy(new WeakReference<>("w")).get()).isEqualTo("w");
  }

  @Test
  void growsAGraphRootByRoot() {
    List<Integer> shared = new ArrayList<>(List.of(1));
    GraphWriter writer = new GraphWriter(Copies.BY_NAME);
    writer.write(shared);
    int before = writer.size();
    assertThatThrownBy(() -> writer.write(new Object[] {"x", new Thread()}))
        .isInstanceOf(UnshippableException.class);
    assertThat(writer.size()).isEqualTo(before);
    shared.add(2);
    writer.write(new Pair(shared, "end"));

    GraphReader reader = new GraphReader(Copies.BY_NAME, writer.bytes());
    Object first = reader.read();
    Object second = reader.read();

    assertThat(first).isEqualTo(List.of(1));
    assertThat(second)
        .isInstanceOfSatisfying(Pair.class, pair -> assertThat(pair.left()).isSameAs(first));
    assertThat(reader.isAtEnd()).isTrue();
  }

  @Test
  void givesEqualBytesForEqualGraphs() {
    Pair one = new Pair(new HashMap<>(Map.of("a", 1, "b", 2)), new int[] {1});
    Pair two = new Pair(new HashMap<>(Map.of("a", 1, "b", 2)), new int[] {1});

    assertThat(Copies.bytes(one)).isEqualTo(Copies.bytes(two));
  }

  @Test
  void endsOnDamagedBytesWithAnException() {
    byte[] bytes = Copies.bytes(new Pair(new int[] {1, 2, 3}, List.of("a", "b")));
    Random random = new Random(5);
    int failures = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        new GraphReader(Copies.BY_NAME, damaged).read();
      } catch (Exception | LinkageError e) {
        failures++;
      }
    }
    assertThat(failures).isPositive();
  }
}
