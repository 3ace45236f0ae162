package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.kryo5.serializers.TimeSerializers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The classes of the JDK that are met most, each in its most compact form. All others of the JDK
/// travel by the general rules of [Codings].
@SuppressWarnings({"JdkObsolete", "NonApiType"}) // these very classes are what travels
final class PlatformCoders {

  private static final Map<Class<?>, Serializer<?>> UNSHARED = new HashMap<>();
  private static final Map<Class<?>, Serializer<?>> SHARED = new HashMap<>();

  static {
    UNSHARED.put(Integer.class, new DefaultSerializers.IntSerializer());
    UNSHARED.put(Long.class, new DefaultSerializers.LongSerializer());
    UNSHARED.put(Double.class, new DefaultSerializers.DoubleSerializer());
    UNSHARED.put(Float.class, new DefaultSerializers.FloatSerializer());
    UNSHARED.put(Boolean.class, new DefaultSerializers.BooleanSerializer());
    UNSHARED.put(Byte.class, new DefaultSerializers.ByteSerializer());
    UNSHARED.put(Short.class, new DefaultSerializers.ShortSerializer());
    UNSHARED.put(Character.class, new DefaultSerializers.CharSerializer());

    SHARED.put(String.class, new StringCoder());
    SHARED.put(BigInteger.class, new DefaultSerializers.BigIntegerSerializer());
    SHARED.put(BigDecimal.class, new DefaultSerializers.BigDecimalSerializer());
    SHARED.put(UUID.class, new DefaultSerializers.UUIDSerializer());
    SHARED.put(URI.class, new DefaultSerializers.URISerializer());
    SHARED.put(Currency.class, new DefaultSerializers.CurrencySerializer());
    SHARED.put(Pattern.class, new DefaultSerializers.PatternSerializer());
    SHARED.put(Duration.class, new TimeSerializers.DurationSerializer());
    SHARED.put(Instant.class, new TimeSerializers.InstantSerializer());
    SHARED.put(LocalDate.class, new TimeSerializers.LocalDateSerializer());
    SHARED.put(LocalTime.class, new TimeSerializers.LocalTimeSerializer());
    SHARED.put(LocalDateTime.class, new TimeSerializers.LocalDateTimeSerializer());
    SHARED.put(ZoneOffset.class, new TimeSerializers.ZoneOffsetSerializer());
    SHARED.put(OffsetTime.class, new TimeSerializers.OffsetTimeSerializer());
    SHARED.put(OffsetDateTime.class, new TimeSerializers.OffsetDateTimeSerializer());
    SHARED.put(ZonedDateTime.class, new TimeSerializers.ZonedDateTimeSerializer());
    SHARED.put(Year.class, new TimeSerializers.YearSerializer());
    SHARED.put(YearMonth.class, new TimeSerializers.YearMonthSerializer());
    SHARED.put(MonthDay.class, new TimeSerializers.MonthDaySerializer());
    SHARED.put(Period.class, new TimeSerializers.PeriodSerializer());

    SHARED.put(
        ArrayList.class,
        new CollectionCoder<ArrayList<@Nullable Object>>(
            Collection::size, (in, capacity, size) -> new ArrayList<>(size), false));
    SHARED.put(
        LinkedList.class,
        new CollectionCoder<LinkedList<@Nullable Object>>(
            list -> 0, (in, capacity, size) -> new LinkedList<>(), false));
    SHARED.put(
        ArrayDeque.class,
        new CollectionCoder<ArrayDeque<@Nullable Object>>(
            Collection::size, (in, capacity, size) -> new ArrayDeque<>(size), false));
    SHARED.put(
        HashSet.class,
        new CollectionCoder<HashSet<@Nullable Object>>(
            HashTables::capacity,
            (in, capacity, size) -> new HashSet<>(in.slots(capacity, size)),
            true));
    SHARED.put(
        LinkedHashSet.class,
        new CollectionCoder<LinkedHashSet<@Nullable Object>>(
            HashTables::capacity,
            (in, capacity, size) -> new LinkedHashSet<>(in.slots(capacity, size)),
            true));
    SHARED.put(
        HashMap.class,
        new MapCoder<HashMap<@Nullable Object, @Nullable Object>>(
            HashTables::capacity, (in, capacity, size) -> new HashMap<>(in.slots(capacity, size))));
    SHARED.put(
        WeakHashMap.class,
        new MapCoder<WeakHashMap<@Nullable Object, @Nullable Object>>(
            map -> 0, (in, capacity, size) -> new WeakHashMap<>()));
    SHARED.put(
        LinkedHashMap.class,
        new MapCoder<LinkedHashMap<@Nullable Object, @Nullable Object>>(
            HashTables::capacityAndOrder, HashTables::linked));
    SHARED.put(
        ConcurrentHashMap.class,
        new MapCoder<ConcurrentHashMap<@Nullable Object, @Nullable Object>>(
            HashTables::capacity, HashTables::concurrent));
  }

  private PlatformCoders() {}

  /// {@return the classes that have a form of their own}
  static Set<Class<?>> types() {
    Set<Class<?>> types = new HashSet<>(UNSHARED.keySet());
    types.addAll(SHARED.keySet());
    return types;
  }

  /// {@return how exactly this class travels, or null}
  static @Nullable Serializer<?> of(Class<?> type) {
    Serializer<?> unshared = UNSHARED.get(type);
    return unshared != null ? unshared : SHARED.get(type);
  }

  /// {@return whether the identity of the values of a class does not matter}
  static boolean isUnshared(Class<?> type) {
    return UNSHARED.containsKey(type);
  }
}
