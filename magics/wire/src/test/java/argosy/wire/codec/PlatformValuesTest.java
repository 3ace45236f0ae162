package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.time.*;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each type of the JDK that people hold in variables.
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "UnnecessaryStringBuilder"}) // people hold them
class PlatformValuesTest {

  static Stream<Object> values() throws Exception {
    return Stream.of(
        1,
        2L,
        3.5,
        4.5f,
        true,
        (byte) 6,
        (short) 7,
        'c',
        "text",
        "",
        "\u00e4\ud83d\ude00\0",
        "x".repeat(100_000),
        new BigInteger("123456789012345678901234567890"),
        new BigDecimal("1.2300"),
        BigDecimal.TEN,
        MathContext.DECIMAL64,
        LocalDate.of(2026, 11, 25),
        LocalTime.NOON,
        LocalDateTime.MIN,
        Instant.EPOCH,
        Duration.ofSeconds(3, 4),
        Period.ofMonths(3),
        Year.of(2026),
        YearMonth.of(2026, 1),
        MonthDay.of(2, 29),
        ZoneOffset.ofHours(2),
        ZoneId.of("Europe/Berlin"),
        ZonedDateTime.of(LocalDateTime.of(2026, 1, 2, 3, 4), ZoneId.of("Asia/Tokyo")),
        OffsetDateTime.of(LocalDateTime.MAX, ZoneOffset.UTC),
        OffsetTime.of(LocalTime.MIDNIGHT, ZoneOffset.MAX),
        DayOfWeek.MONDAY,
        Month.MAY,
        ChronoUnit.DAYS,
        Clock.systemUTC(),
        new Date(5),
        new GregorianCalendar(2026, Calendar.MAY, 3),
        TimeZone.getTimeZone("Europe/Berlin"),
        new java.sql.Timestamp(4),
        Optional.of("x"),
        Optional.empty(),
        OptionalInt.of(3),
        OptionalInt.empty(),
        OptionalLong.of(4),
        OptionalDouble.of(5),
        Path.of("/a/b"),
        Path.of("rel"),
        new File("/a/b"),
        URI.create("http://x.y/z?q"),
        URI.create("http://x.y/z").toURL(),
        InetAddress.getByAddress("h", new byte[] {1, 2, 3, 4}),
        InetSocketAddress.createUnresolved("h", 3),
        UUID.fromString("00000000-0000-0001-0000-000000000002"),
        Locale.GERMANY,
        Locale.forLanguageTag("zh-Hant-TW"),
        Currency.getInstance("EUR"),
        StandardCharsets.UTF_16,
        BitSet.valueOf(new long[] {5, 9}),
        String.class,
        int.class,
        int[][].class,
        Thread.State.BLOCKED,
        TimeUnit.DAYS,
        new SimpleDateFormat("yyyy"),
        new DecimalFormat("#.##"),
        List.of(),
        List.of(1),
        List.of(1, 2),
        List.of(1, 2, 3),
        Set.of(),
        Set.of(1),
        Set.of(1, 2, 3),
        Map.of(),
        Map.of(1, 2),
        Map.of(1, 2, 3, 4),
        Map.entry("k", 1),
        new AbstractMap.SimpleEntry<>("k", 1),
        Stream.of(1, 2, 3).toList(),
        List.copyOf(new ArrayList<>(List.of(1, 2, 3))),
        Collections.emptyList(),
        Collections.emptyMap(),
        Collections.emptySet(),
        Collections.singleton(1),
        Collections.singletonList(1),
        Collections.singletonMap(1, 2),
        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
        Collections.unmodifiableMap(new TreeMap<>(Map.of(1, 2))),
        Collections.unmodifiableSet(new HashSet<>(Set.of(1))),
        Collections.synchronizedList(new ArrayList<>(List.of(1))),
        Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))),
        Collections.checkedList(new ArrayList<>(List.of("a")), String.class),
        Collections.nCopies(3, "x"),
        Arrays.asList(1, null, 3),
        new ArrayList<>(Arrays.asList(1, null)),
        new LinkedList<>(List.of(1, 2)),
        new Vector<>(List.of(1, 2)),
        stack(),
        new HashMap<>(Map.of("a", 1)),
        mapWithNulls(),
        new LinkedHashMap<>(Map.of(1, 2)),
        new TreeMap<>(Map.of(3, 4, 1, 2)),
        new TreeMap<>(reversed()),
        new Hashtable<>(Map.of(1, 2)),
        properties(),
        new HashSet<>(Set.of(1, 2)),
        new LinkedHashSet<>(List.of(3, 1)),
        new TreeSet<>(Set.of(3, 1)),
        new TreeMap<>(Map.of(1, 2, 3, 4)).descendingMap(),
        new TreeSet<>(Set.of(1, 2, 3)).headSet(3),
        new ConcurrentHashMap<>(Map.of(1, 2)),
        new ConcurrentSkipListMap<>(Map.of(1, 2)),
        new ConcurrentSkipListSet<>(Set.of(1)),
        new CopyOnWriteArrayList<>(List.of(1)),
        new CopyOnWriteArraySet<>(List.of(1)),
        ConcurrentHashMap.newKeySet(),
        new EnumMap<>(Map.of(Thread.State.NEW, 1)),
        EnumSet.of(Thread.State.NEW),
        EnumSet.noneOf(Thread.State.class),
        new IdentityHashMap<>(),
        List.of(1, 2, 3, 4).subList(1, 3),
        new HashMap<>(Map.of(1, 2)).keySet(),
        new TreeMap<>(Map.of(1, 2)).entrySet(),
        new LinkedHashMap<>(Map.of(1, 2)).keySet(),
        new WeakHashMap<>(Map.of(1, 2)));
  }

  private static Map<Integer, Integer> reversed() {
    Map<Integer, Integer> map = new TreeMap<>(Comparator.reverseOrder());
    map.putAll(Map.of(1, 2, 3, 4));
    return map;
  }

  private static Map<String, @Nullable Integer> mapWithNulls() {
    Map<String, @Nullable Integer> map = new HashMap<>();
    map.put(null, 1);
    map.put("x", null);
    return map;
  }

  private static Stack<Integer> stack() {
    Stack<Integer> stack = new Stack<>();
    stack.push(4);
    return stack;
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("a", "b");
    return properties;
  }

  @ParameterizedTest
  @MethodSource("values")
  void arrivesEqualAndOfTheSameKind(Object value) {
    Object copy = Copies.copy(value);

    assertThat(copy).isNotNull();
    if (!(value instanceof Path)) {
      assertThat(copy.getClass()).isEqualTo(value.getClass());
    }
    if (value instanceof Collection<?> collection
        && !(value instanceof List)
        && !(value instanceof Set)) {
      assertThat(List.copyOf((Collection<?>) copy)).isEqualTo(List.copyOf(collection));
    } else {
      assertThat(copy).isEqualTo(value);
    }
  }

  /// Types without an `equals` of their own, by what they show.
  static Stream<Object> shown() {
    return Stream.of(
        new StringBuilder("abc"),
        new StringBuffer("abc"),
        new AtomicInteger(3),
        new AtomicLong(4),
        new AtomicBoolean(true),
        new AtomicReference<>("r"),
        new AtomicIntegerArray(new int[] {1, 2}),
        new LongAdder(),
        adder(),
        Pattern.compile("a+b", Pattern.CASE_INSENSITIVE),
        new ArrayDeque<>(List.of(1, 2)),
        new PriorityQueue<>(List.of(3, 1, 2)),
        new PriorityQueue<>(Comparator.<Integer>reverseOrder()),
        new LinkedBlockingQueue<>(List.of(1)),
        new ArrayBlockingQueue<>(3, true, List.of(1)),
        new LinkedBlockingDeque<>(List.of(1)),
        new PriorityBlockingQueue<>(List.of(2, 1)),
        new ConcurrentLinkedQueue<>(List.of(1)),
        new ConcurrentLinkedDeque<>(List.of(1)),
        new StringJoiner("-").add("a").add("b"),
        DateTimeFormatter.ISO_DATE,
        DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.US),
        new IntSummaryStatistics(),
        new Scanner("a b c").toString().isEmpty() ? "" : new StringJoiner(","),
        new java.util.zip.CRC32().getValue(),
        HexFormat.of(),
        Base64.getEncoder().encodeToString(new byte[] {1}),
        new HashMap<>(Map.of(1, 2)).values(),
        new Formatter().format("%d", 3),
        nullPointer(),
        new NullPointerException(),
        CompletableFuture.completedFuture(3).join());
  }

  /// {@return one without a message of its own: the JVM says what was null}
  private static NullPointerException nullPointer() {
    Object[] none = new Object[1];
    try {
      throw new IllegalStateException("there is something: " + none[0].hashCode());
    } catch (NullPointerException e) {
      assertThat(e.getMessage()).contains("Object.hashCode()");
      return e;
    }
  }

  @Test
  void everyClassWithAFormOfItsOwnIsAmongThem() throws Exception {
    Set<Class<?>> tested =
        Stream.concat(values(), shown()).map(Object::getClass).collect(Collectors.toSet());
    assertThat(tested).containsAll(PlatformCoders.types());
  }

  private static DoubleAdder adder() {
    DoubleAdder adder = new DoubleAdder();
    adder.add(2.5);
    return adder;
  }

  @ParameterizedTest
  @MethodSource("shown")
  void arrivesShowingTheSame(Object value) {
    Object copy = Copies.copy(value);

    assertThat(copy).isNotNull();
    assertThat(copy.getClass()).isEqualTo(value.getClass());
    assertThat(copy).hasToString(value.toString());
  }
}
