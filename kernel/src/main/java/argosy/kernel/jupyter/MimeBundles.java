package argosy.kernel.jupyter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns MIME type to data into what the protocol sends: text as it is, bytes in base 64, JSON as
/// JSON. Never throws.
final class MimeBundles {

  private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();
  private static final String PLAIN = "text/plain";

  private MimeBundles() {}

  /// {@return the bundle, to which `text/plain` is added if it is missing}
  static JsonObject of(Map<String, Object> bundle) {
    JsonObject data = new JsonObject();
    bundle.forEach((type, value) -> data.add(type, value(type, value)));
    if (!data.has(PLAIN)) {
      data.addProperty(PLAIN, "[" + String.join(", ", bundle.keySet()) + "]");
    }
    return data;
  }

  private static JsonElement value(String type, @Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
    }
    if (isJson(type)) {
      return value instanceof String text ? parsed(text) : JsonValues.of(value);
    }
    return new JsonPrimitive(JsonValues.text(value));
  }

  private static boolean isJson(String type) {
    int parameters = type.indexOf(';');
    String essence = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    return essence.equals("application/json") || essence.endsWith("+json");
  }

  /// Somebody who shows text as JSON means what the text says.
  private static JsonElement parsed(String text) {
    try {
      JsonElement json = STRICT.fromJson(text, JsonElement.class);
      return json == null ? new JsonPrimitive(text) : json;
    } catch (JsonParseException | StackOverflowError e) {
      return new JsonPrimitive(text);
    }
  }
}
