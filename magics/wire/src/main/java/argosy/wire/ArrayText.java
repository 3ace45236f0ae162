package argosy.wire;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// Says of an array what it is: the JDK says no more than a number.
public final class ArrayText {

  private ArrayText() {}

  /// {@return the type and the length of an array, such as `double[3]`; what any other value says}
  public static String of(@Nullable Object value) {
    if (value == null || !value.getClass().isArray()) {
      return String.valueOf(value);
    }
    String type = value.getClass().getSimpleName();
    int first = type.indexOf('[') + 1;
    return type.substring(0, first) + Array.getLength(value) + type.substring(first);
  }
}
