package argosy.engine.closure;

import java.util.Set;

/// What methods of the platform do to the objects that they are given.
///
/// Only what is listed is known; everything else may change all that it gets.
final class KnownPurity {

  /// What a call does.
  enum Effect {
    /// It changes nothing, and returns nothing but new or immutable objects and views of what it
    /// was given.
    READS,
    /// The same, and what it returns is new; its elements may be those that it was given.
    COPIES,
    /// It changes the object that it is called on, and no other.
    CHANGES_RECEIVER,
    /// A static method that changes its first argument, and nothing else.
    CHANGES_FIRST,
    /// A static method that changes its third argument, and nothing else.
    CHANGES_THIRD,
    /// Nobody knows.
    UNKNOWN
  }

  /// Classes whose objects never change and whose methods only compute.
  static final Set<String> VALUES =
      Set.of(
          "java/lang/String",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Double",
          "java/lang/Float",
          "java/lang/Boolean",
          "java/lang/Character",
          "java/lang/Byte",
          "java/lang/Short",
          "java/math/BigDecimal",
          "java/math/BigInteger",
          "java/math/MathContext",
          "java/time/Duration",
          "java/time/Instant",
          "java/time/LocalDate",
          "java/time/LocalTime",
          "java/time/LocalDateTime",
          "java/time/Period",
          "java/time/ZoneId",
          "java/util/regex/Pattern");

  /// Classes whose methods change nothing, besides those of values.
  private static final Set<String> READING_CLASSES =
      Set.of(
          "java/lang/Object",
          "java/lang/CharSequence",
          "java/lang/Comparable",
          "java/lang/Number",
          "java/lang/Math",
          "java/lang/StrictMath",
          "java/lang/Enum",
          "java/lang/Record",
          "java/lang/Class",
          "java/lang/Runnable",
          "java/util/concurrent/Callable",
          "java/lang/Iterable",
          "java/io/PrintStream",
          "java/util/Objects",
          "java/util/Optional",
          "java/util/OptionalInt",
          "java/util/OptionalLong",
          "java/util/OptionalDouble",
          "java/util/Comparator",
          "java/util/UUID",
          "java/util/StringJoiner",
          "java/util/concurrent/ThreadLocalRandom",
          "java/util/concurrent/TimeUnit");

  private static final Set<String> CONTAINER_READERS =
      Set.of(
          "size",
          "isEmpty",
          "get",
          "getFirst",
          "getLast",
          "peek",
          "element",
          "contains",
          "containsAll",
          "containsKey",
          "containsValue",
          "getOrDefault",
          "indexOf",
          "lastIndexOf",
          "iterator",
          "listIterator",
          "hasNext",
          "next",
          "nextInt",
          "nextDouble",
          "nextLong",
          "hasPrevious",
          "previous",
          "forEachRemaining",
          "keySet",
          "values",
          "entrySet",
          "subList",
          "reversed",
          "headMap",
          "tailMap",
          "subMap",
          "firstKey",
          "lastKey",
          "firstEntry",
          "lastEntry",
          "floorKey",
          "floorEntry",
          "ceilingKey",
          "ceilingEntry",
          "higherKey",
          "lowerKey",
          "first",
          "last",
          "floor",
          "ceiling",
          "higher",
          "lower",
          "stream",
          "parallelStream",
          "spliterator",
          "forEach",
          "cardinality",
          "nextSetBit",
          "nextClearBit",
          "length",
          "equals",
          "hashCode",
          "toString",
          "getMessage",
          "getCause",
          "getKey",
          "getValue",
          "comparator");

  private static final Set<String> ARRAY_READERS =
      Set.of(
          "stream",
          "asList",
          "equals",
          "hashCode",
          "deepHashCode",
          "deepEquals",
          "toString",
          "deepToString",
          "binarySearch",
          "compare",
          "mismatch");

  private static final Set<String> COLLECTION_CHANGERS =
      Set.of(
          "sort", "reverse", "shuffle", "swap", "fill", "copy", "rotate", "replaceAll", "addAll");

  private static final Set<String> SYSTEM_READERS =
      Set.of("nanoTime", "currentTimeMillis", "identityHashCode", "getProperty", "lineSeparator");

  private static final Set<String> COPIERS =
      Set.of("copyOf", "copyOfRange", "clone", "toArray", "toList", "collect", "toCharArray", "of");

  /// Classes whose objects are changed by their own methods only, and whose methods change nothing
  /// else.
  private static final Set<String> OWN_STATE =
      Set.of(
          "java/lang/StringBuilder",
          "java/lang/StringBuffer",
          "java/util/ArrayList",
          "java/util/LinkedList",
          "java/util/ArrayDeque",
          "java/util/PriorityQueue",
          "java/util/HashMap",
          "java/util/LinkedHashMap",
          "java/util/TreeMap",
          "java/util/EnumMap",
          "java/util/HashSet",
          "java/util/LinkedHashSet",
          "java/util/TreeSet",
          "java/util/EnumSet",
          "java/util/BitSet",
          "java/lang/Throwable",
          "java/lang/Exception",
          "java/lang/RuntimeException",
          "java/lang/IllegalArgumentException",
          "java/lang/IllegalStateException",
          "java/lang/UnsupportedOperationException",
          "java/util/NoSuchElementException",
          "java/util/List",
          "java/util/Map",
          "java/util/Map$Entry",
          "java/util/Set",
          "java/util/Collection",
          "java/util/Queue",
          "java/util/Deque",
          "java/util/SortedMap",
          "java/util/NavigableMap",
          "java/util/SortedSet",
          "java/util/NavigableSet",
          "java/util/SequencedCollection",
          "java/util/SequencedMap",
          "java/util/Iterator",
          "java/util/ListIterator",
          "java/util/PrimitiveIterator$OfInt",
          "java/util/PrimitiveIterator$OfDouble",
          "java/util/PrimitiveIterator$OfLong",
          "java/util/Random",
          "java/util/SplittableRandom",
          "java/util/random/RandomGenerator",
          "java/util/concurrent/ConcurrentHashMap",
          "java/util/concurrent/atomic/AtomicInteger",
          "java/util/concurrent/atomic/AtomicLong",
          "java/util/concurrent/atomic/AtomicBoolean",
          "java/util/concurrent/atomic/LongAdder",
          "java/util/concurrent/atomic/DoubleAdder",
          "java/util/regex/Matcher",
          "java/util/DoubleSummaryStatistics",
          "java/util/IntSummaryStatistics",
          "java/util/LongSummaryStatistics");

  private KnownPurity() {}

  /// {@return what a method does}
  static Effect of(String owner, String name) {
    if (name.equals("<init>") && isReading(owner)) {
      return Effect.READS;
    }
    if (owner.startsWith("[")) {
      return name.equals("clone") ? Effect.COPIES : Effect.READS;
    }
    if (owner.equals("java/util/Arrays")) {
      return ARRAY_READERS.contains(name)
          ? Effect.READS
          : COPIERS.contains(name) ? Effect.COPIES : Effect.CHANGES_FIRST;
    }
    if (owner.equals("java/util/Collections")) {
      return COLLECTION_CHANGERS.contains(name) ? Effect.CHANGES_FIRST : Effect.READS;
    }
    if (owner.equals("java/lang/System")) {
      return name.equals("arraycopy")
          ? Effect.CHANGES_THIRD
          : SYSTEM_READERS.contains(name) ? Effect.READS : Effect.UNKNOWN;
    }
    if (isReading(owner)) {
      return COPIERS.contains(name) ? Effect.COPIES : Effect.READS;
    }
    if (OWN_STATE.contains(owner)) {
      if (COPIERS.contains(name)) {
        return Effect.COPIES;
      }
      return CONTAINER_READERS.contains(name) && !owner.contains("andom")
          ? Effect.READS
          : Effect.CHANGES_RECEIVER;
    }
    return Effect.UNKNOWN;
  }

  /// {@return whether a method changes the containers that lambdas supply}
  static boolean fillsWhatIsSupplied(String owner, String name) {
    return owner.startsWith("java/util/stream/")
        && (name.equals("collect")
            || name.startsWith("to")
            || name.startsWith("grouping")
            || name.equals("of"));
  }

  /// {@return whether objects of a class stay as they are while they are only read}
  static boolean staysWhenRead(Class<?> type) {
    String name = type.getName().replace('.', '/');
    return type.isArray()
        || type.isEnum()
        || isReading(name)
        || (OWN_STATE.contains(name) && !name.contains("andom") && !name.endsWith("Matcher"))
        || name.startsWith("java/util/ImmutableCollections$")
        || name.startsWith("java/util/Arrays$ArrayList")
        || name.startsWith("java/util/Collections$Unmodifiable");
  }

  /// {@return whether values of a type never change, so that nobody needs to know where they are
  /// from}
  static boolean isImmutable(String descriptor) {
    return descriptor.length() == 1
        || (descriptor.startsWith("Ljava/lang/")
            && !descriptor.equals("Ljava/lang/Object;")
            && !descriptor.equals("Ljava/lang/Iterable;")
            && !descriptor.equals("Ljava/lang/Comparable;")
            && !descriptor.equals("Ljava/lang/CharSequence;")
            && !descriptor.equals("Ljava/lang/StringBuilder;")
            && !descriptor.equals("Ljava/lang/StringBuffer;")
            && !descriptor.equals("Ljava/lang/Record;")
            && !descriptor.equals("Ljava/lang/Enum;")
            && !descriptor.equals("Ljava/lang/Number;")
            && !descriptor.equals("Ljava/lang/Appendable;")
            && !descriptor.equals("Ljava/lang/Runnable;")
            && !descriptor.startsWith("Ljava/lang/Thread")
            && !descriptor.startsWith("Ljava/lang/ref")
            && !descriptor.startsWith("Ljava/lang/inv"))
        || descriptor.startsWith("Ljava/time/")
        || descriptor.startsWith("Ljava/math/")
        || descriptor.equals("Ljava/util/UUID;");
  }

  private static boolean isReading(String owner) {
    return VALUES.contains(owner)
        || READING_CLASSES.contains(owner)
        || owner.startsWith("java/util/stream/")
        || owner.startsWith("java/util/function/")
        || owner.startsWith("java/time/")
        || owner.startsWith("java/text/Normalizer");
  }
}
