package argosy.commands;

import argosy.kernel.extension.MagicUsageException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An option of `%%parallel`, which becomes a call in the chain behind `Parallel.over`.
enum ParallelOption {
  BACKEND,
  BATCH,
  PROGRESS,
  RETRIES,
  SEED,
  TIMEOUT,
  UNORDERED,
  WORKERS;

  private static final Pattern NAME = Pattern.compile("[\\p{Alpha}_$][\\w$.]*");
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|min|h)");

  /// {@return the option that a text such as `--batch` names}
  static ParallelOption named(String text) {
    for (ParallelOption option : values()) {
      if (option.toString().equals(text)) {
        return option;
      }
    }
    throw new MagicUsageException("there is no option " + text);
  }

  boolean takesValue() {
    return this != UNORDERED;
  }

  /// {@return the call in Java, such as `.batch(16)`; a value is a literal or the name of a
  /// variable of the notebook}
  String call(String value) {
    return "." + name().toLowerCase(Locale.ROOT) + "(" + argument(value) + ")";
  }

  @Override
  public String toString() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }

  private String argument(String value) {
    return switch (this) {
      case UNORDERED -> "";
      case BACKEND, PROGRESS -> literal(value);
      case SEED -> number(value, "-?\\d{1,18}", "a number") + (isName(value) ? "" : "L");
      case RETRIES -> number(value, "\\d{1,9}", "a number, 0 or more");
      case BATCH, WORKERS -> number(value, "0*[1-9]\\d{0,8}", "a number above 0");
      case TIMEOUT -> isName(value) ? value : duration(value);
    };
  }

  private String number(String value, String pattern, String what) {
    if (isName(value) || value.matches(pattern)) {
      return value;
    }
    throw new MagicUsageException(this + " takes " + what + ", not '" + value + "'");
  }

  private String duration(String value) {
    Matcher time = TIME.matcher(value);
    if (!time.matches()) {
      throw new MagicUsageException(
          this + " takes a time such as 5s or 500ms, not '" + value + "'");
    }
    long unit =
        switch (time.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "h" -> 3_600_000;
          default -> 60_000;
        };
    long millis = Math.round(Double.parseDouble(time.group(1)) * unit);
    return "java.time.Duration.ofMillis(" + millis + "L)";
  }

  private static boolean isName(String value) {
    return NAME.matcher(value).matches();
  }

  private static String literal(String text) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        result.append('\\').append(c);
      } else if (c < ' ') {
        result.append(String.format("\\%03o", (int) c));
      } else {
        result.append(c);
      }
    }
    return result.append('"').toString();
  }
}
