package argosy.kernel.jshell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// What the compiler of cells is told, besides what the kernel needs.
///
/// @param given options of `javac`, such as `--enable-preview`
record CompilerOptions(List<String> given) {

  /// What the version of the language follows.
  private static final List<String> RELEASES = List.of("--release", "--source", "-source");

  /// What the compiler of a command line advises.
  private static final Pattern ADVICE =
      Pattern.compile("\\(use (--enable-preview|-source (\\S+) or higher) to enable ([^()]+)\\)");

  private static final System.Logger LOG = System.getLogger(CompilerOptions.class.getName());

  static final CompilerOptions NONE = new CompilerOptions(List.of());

  CompilerOptions {
    given = List.copyOf(given);
  }

  /// {@return the options that the environment of this process has}
  static CompilerOptions ofProcess() {
    return of(System.getenv());
  }

  /// {@return the options of the first variable that has some; one that names an option which the
  /// compiler does not know is passed over, and the log says so}
  static CompilerOptions of(Map<String, String> environment) {
    List<EnvironmentValue> values =
        EnvironmentValue.all(environment, "JAVAC_OPTIONS", "COMPILER_OPTS").toList();
    for (EnvironmentValue value : values) {
      try {
        return of(value.text());
      } catch (IllegalArgumentException e) {
        LOG.log(System.Logger.Level.ERROR, value.variable() + " is ignored: " + e.getMessage());
      }
    }
    return NONE;
  }

  /// {@return the options that a text has, separated by blanks}
  ///
  /// @throws IllegalArgumentException if the compiler does not know one of them
  static CompilerOptions of(String text) {
    List<String> given = new ArrayList<>(List.of(text.strip().split("\\s+")));
    if (given.contains("--enable-preview") && RELEASES.stream().noneMatch(given::contains)) {
      given.add("--release");
      given.add(Integer.toString(Runtime.version().feature()));
    }
    ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, null, given, List.of("java.lang.Object"), null);
    return new CompilerOptions(given);
  }

  /// {@return the version of the language that cells may use}
  int release() {
    int release = Runtime.version().feature();
    for (int i = 0; i + 1 < given.size(); i++) {
      if (RELEASES.contains(given.get(i))) {
        release = Integer.parseInt(given.get(i + 1).replaceFirst("^1\\.", ""));
      }
    }
    return release;
  }

  /// {@return a message of the compiler, whose advice on its options is one for a notebook}
  static String inNotebook(@Nullable String message) {
    return ADVICE
        .matcher(Objects.requireNonNullElse(message, ""))
        .replaceAll(advice ->
            Matcher.quoteReplacement(
                advice.group(2) == null
                    ? "(to enable %s, start the kernel with ARGOSY_JAVAC_OPTIONS=--enable-preview in its environment, which \"env\" in its kernel.json adds to)"
                        .formatted(advice.group(3))
                    : "(to enable %s, start the kernel with no --release below %s in ARGOSY_JAVAC_OPTIONS)"
                        .formatted(advice.group(3), advice.group(2))));
  }

  /// {@return these options and others}
  List<String> with(String... others) {
    return Stream.concat(Stream.of(others), given.stream()).toList();
  }
}
