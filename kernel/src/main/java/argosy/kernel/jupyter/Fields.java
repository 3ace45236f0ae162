package argosy.kernel.jupyter;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a JSON object that somebody else wrote: absent and null are the same, a
/// wrong type is a [BadRequestException].
record Fields(JsonObject json) {

  String text(String name) {
    JsonPrimitive value = primitive(name);
    if (value == null) {
      throw new BadRequestException(name + " is missing");
    }
    return text(name, value);
  }

  String text(String name, String otherwise) {
    JsonPrimitive value = primitive(name);
    return value == null ? otherwise : text(name, value);
  }

  private static String text(String name, JsonPrimitive value) {
    if (!value.isString()) {
      throw new BadRequestException(name + " is no string");
    }
    return value.getAsString();
  }

  boolean flag(String name, boolean otherwise) {
    JsonPrimitive value = primitive(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new BadRequestException(name + " is neither true nor false");
    }
    return value.getAsBoolean();
  }

  int number(String name) {
    return optionalNumber(name).orElseThrow(() -> new BadRequestException(name + " is missing"));
  }

  int number(String name, int otherwise) {
    return optionalNumber(name).orElse(otherwise);
  }

  OptionalInt optionalNumber(String name) {
    JsonPrimitive value = primitive(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(value.getAsBigDecimal().intValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadRequestException(name + " is no whole number that an int can hold");
    }
  }

  JsonObject object(String name) {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return new JsonObject();
    }
    if (!value.isJsonObject()) {
      throw new BadRequestException(name + " is no object");
    }
    return value.getAsJsonObject();
  }

  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    Fields values = new Fields(object(name));
    values.json().keySet().forEach(key -> texts.put(key, values.text(key)));
    return texts;
  }

  private @Nullable JsonPrimitive primitive(String name) {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!value.isJsonPrimitive()) {
      throw new BadRequestException(name + " is no single value");
    }
    return value.getAsJsonPrimitive();
  }
}
