package argosy.commands.px;

import argosy.kernel.extension.MagicUsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/// What `%px` and `%%px` are asked to do.
///
/// @param targets which workers, as [Targets] reads it
/// @param waits whether the cell waits for the workers
/// @param isLocal whether the code runs in the notebook too
/// @param isOnce whether workers that come later are spared
/// @param forgets whether workers that come later leave out what ran before
/// @param grouping how output is shown
/// @param result a name for the list of the values, or empty
/// @param code what follows the options
record PxCall(
    String targets,
    boolean waits,
    boolean isLocal,
    boolean isOnce,
    boolean forgets,
    Grouping grouping,
    String result,
    String code) {

  static final String ALL = "all";

  private static final Pattern WORD =
      Pattern.compile("\\s*(-[A-Za-z-]+)(?:=(\\S+)|\\b)", Pattern.DOTALL);
  private static final Pattern VALUE = Pattern.compile("\\s+(\\S+)");

  /// How the output of the workers is shown.
  enum Grouping {
    /// As it comes, with the worker's number before each line.
    LIVE,
    /// Worker by worker, when all are done.
    WORKER,
    /// First what all wrote to standard output, then what they wrote to standard error.
    TYPE;

    private static Grouping of(String text) {
      return switch (text) {
        case "live", "stream" -> LIVE;
        case "worker", "engine", "order" -> WORKER;
        case "type" -> TYPE;
        default ->
            throw new MagicUsageException(
                "output can be grouped live, by worker or by type, not by '" + text + "'");
      };
    }
  }

  /// {@return what a text such as `--targets 1,2 --out x` says}
  static PxCall parse(String arguments) {
    return new Reader(arguments).read();
  }

  private static final class Reader {

    private final String text;
    private int at;
    private String targets = ALL;
    private boolean waits = true;
    private boolean isLocal;
    private boolean isOnce;
    private boolean forgets;
    private Grouping grouping = Grouping.LIVE;
    private String result = "";

    Reader(String text) {
      this.text = text;
    }

    PxCall read() {
      Matcher word = WORD.matcher(text);
      while (word.region(at, text.length()).lookingAt() && isOption(word.group(1))) {
        at = word.end();
        option(word.group(1), word.group(2));
      }
      return new PxCall(
          targets, waits, isLocal, isOnce, forgets, grouping, result, text.substring(at).strip());
    }

    /// `-x` may as well be code; `--x` decrements a variable.
    private boolean isOption(String word) {
      return switch (word) {
        case "--targets",
            "--noblock",
            "--block",
            "--local",
            "--once",
            "--forget",
            "--group",
            "--out" ->
            true;
        case "--group-outputs", "-t", "-a", "-b", "-o", "-g" -> true;
        default -> {
          if (word.startsWith("--") && text.substring(at).strip().contains(" ")) {
            throw new MagicUsageException("there is no option " + word);
          }
          yield false;
        }
      };
    }

    private void option(String name, @Nullable String value) {
      switch (name) {
        case "--targets", "-t" -> targets = value(name, value);
        case "--noblock", "-a" -> waits = false;
        case "--block", "-b" -> waits = true;
        case "--local" -> isLocal = true;
        case "--once" -> isOnce = true;
        case "--forget" -> forgets = true;
        case "--group", "--group-outputs", "-g" -> grouping = Grouping.of(value(name, value));
        default -> {
          result = value(name, value);
          if (!SourceVersion.isName(result)) {
            throw new MagicUsageException("'" + result + "' cannot be a name");
          }
        }
      }
    }

    private String value(String name, @Nullable String value) {
      if (value != null) {
        return value;
      }
      Matcher next = VALUE.matcher(text).region(at, text.length());
      if (!next.lookingAt()) {
        throw new MagicUsageException(name + " takes a value");
      }
      at = next.end();
      return next.group(1);
    }
  }
}
