package argosy.kernel.jupyter;

import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.interpreter.Completeness;
import argosy.kernel.interpreter.Completions;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The contents of replies. Every one has a `status`.
final class Replies {

  private Replies() {}

  static JsonObject ok() {
    return status("ok");
  }

  /// The reply of a request that was dropped because an earlier one failed.
  static JsonObject aborted() {
    return status("aborted");
  }

  private static JsonObject status(String status) {
    JsonObject reply = new JsonObject();
    reply.addProperty("status", status);
    return reply;
  }

  static JsonObject error(CellOutcome.Failed failure) {
    JsonObject reply = status("error");
    failure(failure).entrySet().forEach(entry -> reply.add(entry.getKey(), entry.getValue()));
    return reply;
  }

  static JsonObject error(Throwable failure) {
    return error(failed(failure));
  }

  /// {@return a failure without a status, as it is published}
  static JsonObject failure(CellOutcome.Failed failure) {
    JsonObject content = new JsonObject();
    content.addProperty("ename", failure.name());
    content.addProperty("evalue", failure.message());
    JsonArray traceback = new JsonArray();
    failure.traceback().forEach(traceback::add);
    content.add("traceback", traceback);
    return content;
  }

  /// {@return what a throwable that should not have come says}
  static CellOutcome.Failed failed(Throwable failure) {
    String message = Objects.requireNonNullElse(message(failure), "");
    String name = failure.getClass().getName();
    return new CellOutcome.Failed(name, message, List.of(name + ": " + message));
  }

  private static @Nullable String message(Throwable failure) {
    try {
      return failure.getMessage();
    } catch (RuntimeException | StackOverflowError e) {
      return "its message failed with " + e.getClass().getName();
    }
  }

  /// {@return the result of a user expression}
  static JsonObject expression(CellOutcome outcome) {
    return switch (outcome) {
      case CellOutcome.Value(Map<String, Object> bundle) -> data(bundle);
      case CellOutcome.Nothing() -> data(Map.of("text/plain", ""));
      case CellOutcome.Failed failed -> error(failed);
    };
  }

  private static JsonObject data(Map<String, Object> bundle) {
    JsonObject content = ok();
    content.add("data", MimeBundles.of(bundle));
    content.add("metadata", new JsonObject());
    return content;
  }

  static JsonObject inspection(Optional<Map<String, Object>> bundle) {
    JsonObject reply = bundle.map(Replies::data).orElseGet(Replies::ok);
    reply.addProperty("found", bundle.isPresent());
    if (bundle.isEmpty()) {
      reply.add("data", new JsonObject());
      reply.add("metadata", new JsonObject());
    }
    return reply;
  }

  static JsonObject completions(String code, Completions completions) {
    int start = CodePoints.toPosition(code, completions.start());
    int end = CodePoints.toPosition(code, completions.end());
    JsonArray matches = new JsonArray();
    JsonArray types = new JsonArray();
    for (Completions.Match match : completions.matches()) {
      matches.add(match.text());
      JsonObject type = new JsonObject();
      type.addProperty("start", start);
      type.addProperty("end", end);
      type.addProperty("text", match.text());
      type.addProperty("type", match.type());
      type.addProperty("signature", match.signature());
      types.add(type);
    }
    JsonObject metadata = new JsonObject();
    metadata.add("_jupyter_types_experimental", types);
    JsonObject reply = ok();
    reply.add("matches", matches);
    reply.addProperty("cursor_start", start);
    reply.addProperty("cursor_end", end);
    reply.add("metadata", metadata);
    return reply;
  }

  /// The one reply whose status is not about the request.
  static JsonObject completeness(Completeness completeness) {
    JsonObject reply = status(completeness.status().name().toLowerCase(Locale.ROOT));
    if (completeness.status() == Completeness.Status.INCOMPLETE) {
      reply.addProperty("indent", completeness.indent());
    }
    return reply;
  }

  static JsonObject kernelInfo() {
    String java = Runtime.version().toString();
    JsonObject language = new JsonObject();
    language.addProperty("name", "java");
    language.addProperty("version", System.getProperty("java.version"));
    language.addProperty("mimetype", "text/x-java");
    language.addProperty("file_extension", ".jshell");
    language.addProperty("pygments_lexer", "java");
    language.addProperty("codemirror_mode", "text/x-java");
    language.addProperty("nbconvert_exporter", "script");
    String version = version();
    JsonObject reply = ok();
    reply.addProperty("protocol_version", Session.PROTOCOL_VERSION);
    reply.addProperty("implementation", "argosy");
    reply.addProperty("implementation_version", version);
    reply.add("language_info", language);
    reply.addProperty(
        "banner", "Argosy " + version + ", parallel Java for Jupyter, on Java " + java);
    reply.addProperty("debugger", false);
    reply.add("help_links", helpLinks());
    reply.add("supported_features", new JsonArray());
    return reply;
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Replies.class.getPackage().getImplementationVersion(), "development");
  }

  private static JsonArray helpLinks() {
    String docs = "https://docs.oracle.com/en/java/javase/" + Runtime.version().feature();
    JsonArray links = new JsonArray();
    links.add(link("Java API", docs + "/docs/api/index.html"));
    links.add(link("JShell guide", docs + "/jshell/introduction-jshell.html"));
    return links;
  }

  private static JsonObject link(String text, String url) {
    JsonObject link = new JsonObject();
    link.addProperty("text", text);
    link.addProperty("url", url);
    return link;
  }
}
