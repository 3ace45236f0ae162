package argosy.kernel.jupyter;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns any value into JSON that every client can read. Never throws: what JSON cannot say (a
/// number that is none, something that contains itself, an object) becomes null or text.
final class JsonValues {

  private static final int MAX_DEPTH = 100;

  private JsonValues() {}

  static JsonElement of(@Nullable Object value) {
    return of(value, 0);
  }

  private static JsonElement of(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      return JsonNull.INSTANCE;
    }
    try {
      return switch (value) {
        case null -> JsonNull.INSTANCE;
        case JsonElement json -> json;
        case Boolean flag -> new JsonPrimitive(flag);
        case Number number -> number(number);
        case Map<?, ?> map -> object(map, depth);
        case Iterable<?> values -> array(values, depth);
        case Record row -> object(components(row), depth);
        case Optional<?> optional -> of(optional.orElse(null), depth + 1);
        case Object array when array.getClass().isArray() -> array(array, depth);
        default -> new JsonPrimitive(text(value));
      };
    } catch (RuntimeException | StackOverflowError e) {
      return new JsonPrimitive(broken(value, e));
    }
  }

  private static JsonElement number(Number number) {
    return switch (number) {
      case Double d when !Double.isFinite(d) -> JsonNull.INSTANCE;
      case Float f when !Float.isFinite(f) -> JsonNull.INSTANCE;
      case Byte _, Short _, Integer _, Long _, Float _, Double _, BigInteger _, BigDecimal _ ->
          new JsonPrimitive(number);
      default -> new JsonPrimitive(text(number));
    };
  }

  private static JsonObject object(Map<?, ?> map, int depth) {
    JsonObject object = new JsonObject();
    map.forEach((key, value) -> object.add(text(key), of(value, depth + 1)));
    return object;
  }

  private static Map<String, @Nullable Object> components(Record row) {
    Map<String, @Nullable Object> components = new LinkedHashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        components.put(component.getName(), component.getAccessor().invoke(row));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " cannot be read", e);
      }
    }
    return components;
  }

  private static JsonArray array(Iterable<?> values, int depth) {
    JsonArray array = new JsonArray();
    for (Object value : values) {
      array.add(of(value, depth + 1));
    }
    return array;
  }

  private static JsonArray array(Object values, int depth) {
    int length = Array.getLength(values);
    JsonArray array = new JsonArray(length);
    for (int i = 0; i < length; i++) {
      array.add(of(Array.get(values, i), depth + 1));
    }
    return array;
  }

  /// {@return an object as maps, lists, strings, numbers, booleans and nulls}
  static Map<String, @Nullable Object> plain(JsonObject object) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    object.entrySet().forEach(entry -> plain.put(entry.getKey(), plain(entry.getValue())));
    return plain;
  }

  private static @Nullable Object plain(JsonElement json) {
    return switch (json) {
      case JsonObject object -> plain(object);
      case JsonArray array -> {
        List<@Nullable Object> plain = new ArrayList<>();
        array.forEach(element -> plain.add(plain(element)));
        yield plain;
      }
      case JsonPrimitive value when value.isNumber() -> plain(value.getAsBigDecimal());
      case JsonPrimitive value when value.isBoolean() -> value.getAsBoolean();
      case JsonPrimitive value -> value.getAsString();
      default -> null;
    };
  }

  /// An `Integer` or a `Long` if that says it all, else a `Double`.
  private static Number plain(BigDecimal number) {
    if (number.scale() <= 0 && number.precision() - number.scale() < 19) {
      long whole = number.longValueExact();
      return whole == (int) whole ? (Number) (int) whole : (Number) whole;
    }
    return number.doubleValue();
  }

  /// {@return what a value says of itself; if it fails to, what it is}
  static String text(@Nullable Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | StackOverflowError e) {
      return broken(value, e);
    }
  }

  private static String broken(@Nullable Object value, Throwable reason) {
    String type = value == null ? "null" : value.getClass().getName();
    return type + " (cannot be shown: " + reason.getClass().getName() + ")";
  }
}
