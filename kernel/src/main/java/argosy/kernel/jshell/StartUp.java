package argosy.kernel.jshell;

import argosy.kernel.file.Glob;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What the environment asks for before the first cell: libraries, and code to run.
///
/// @param libraries folders of classes, jars, and patterns of them as a [Glob] has them, such as
///   `lib/*.jar`
/// @param files to run, or patterns of such
/// @param code to run after them
record StartUp(List<String> libraries, List<String> files, String code) {

  static final StartUp NONE = new StartUp(List.of(), List.of(), "");

  /// Takes up a text of the environment.
  interface Runner {

    /// Runs it as a cell.
    ///
    /// @param name what messages call the text
    void run(String name, String text) throws Throwable;
  }

  StartUp {
    libraries = List.copyOf(libraries);
    files = List.copyOf(files);
  }

  /// {@return what an environment asks for, with `ARGOSY_CLASSPATH`, `ARGOSY_STARTUP_SCRIPTS_PATH`
  /// and `ARGOSY_STARTUP_SCRIPT`, or as IJava and JJava call them}
  static StartUp of(Map<String, String> environment) {
    return new StartUp(
        list(setting(environment, "CLASSPATH")),
        list(setting(environment, "STARTUP_SCRIPTS_PATH")),
        setting(environment, "STARTUP_SCRIPT"));
  }

  private static String setting(Map<String, String> environment, String name) {
    return EnvironmentValue.all(environment, name)
        .map(EnvironmentValue::text)
        .findFirst()
        .orElse("");
  }

  private static List<String> list(String paths) {
    return Stream.of(paths.split(File.pathSeparator)).filter(path -> !path.isBlank()).toList();
  }

  /// Adds the libraries and runs the code. What is not there is told, and the rest is done.
  ///
  /// @throws Throwable what `runner` throws
  void run(Consumer<List<Path>> classPath, Runner runner, Consumer<String> tell) throws Throwable {
    for (Path library : found(libraries, tell)) {
      classPath.accept(List.of(library));
    }
    for (Path file : found(files, tell)) {
      try {
        runner.run(file.toString(), Files.readString(file));
      } catch (IOException e) {
        tell.accept("cannot read " + file + ", which was to run before the first cell: " + e);
      }
    }
    if (!code.isBlank()) {
      runner.run("STARTUP_SCRIPT", code);
    }
  }

  private static List<Path> found(List<String> patterns, Consumer<String> tell) {
    Path folder = Path.of("").toAbsolutePath();
    List<Path> found = new ArrayList<>();
    for (String pattern : patterns) {
      List<Path> matches = List.of();
      try {
        matches = Glob.of(folder, pattern.strip()).paths();
      } catch (NoSuchFileException e) {
        // Said below.
      } catch (IOException e) {
        tell.accept("cannot look for " + pattern + ", which the environment names: " + e);
      }
      if (matches.isEmpty()) {
        tell.accept("the environment names " + pattern + ", which is not there");
      }
      found.addAll(matches);
    }
    return found;
  }
}
