package argosy.wire.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The classes that every graph knows from the start, so that naming them costs a byte. The order
/// is part of the protocol.
final class KnownClasses {

  static final List<Class<?>> ALL =
      List.of(
          Object.class,
          String.class,
          Integer.class,
          Long.class,
          Double.class,
          Float.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Character.class,
          int.class,
          long.class,
          double.class,
          float.class,
          boolean.class,
          byte.class,
          short.class,
          char.class,
          void.class,
          int[].class,
          long[].class,
          double[].class,
          float[].class,
          boolean[].class,
          byte[].class,
          short[].class,
          char[].class,
          Object[].class,
          String[].class,
          ArrayList.class,
          HashMap.class,
          LinkedHashMap.class,
          HashSet.class,
          BigInteger.class,
          BigDecimal.class,
          LocalDate.class,
          Class.class,
          LambdaShape.class,
          Lambda.class,
          Replaced.class);

  private static final Map<Class<?>, Integer> NUMBERS = numbers();

  private KnownClasses() {}

  /// {@return the position of a class in [#ALL], or -1}
  static int numberOf(Class<?> type) {
    Integer number = NUMBERS.get(type);
    return number == null ? -1 : number;
  }

  private static Map<Class<?>, Integer> numbers() {
    Map<Class<?>, Integer> numbers = new HashMap<>();
    for (Class<?> type : ALL) {
      numbers.put(type, numbers.size());
    }
    return numbers;
  }
}
