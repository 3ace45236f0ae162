package argosy.kernel.jshell;

import java.io.File;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The magics that only other kernels have, and programs that are called like one, and what does
/// their work here.
final class ForeignMagics {

  private static final String IMPORT = "Java's own line does that: import package.Type;";
  private static final String MAVEN = "%maven group:artifact:version fetches a library";
  private static final String LANGUAGE =
      "cells are Java's; %%script program gives a cell to a program that is installed";
  private static final String PYTHON = "it is Python's, and a Java kernel needs nothing for it";

  private static final String DRAWING =
      "a library draws it, which %maven fetches; display(text, \"svg\") shows what it draws";
  private static final String TEMPLATE = "its library does that, which %maven fetches";
  private static final String SPARK =
      "Spark is a library here, which %maven org.apache.spark:spark-sql_2.13:version fetches; start"
          + " it with SparkSession.builder()";

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("import", IMPORT),
          Map.entry("unimport", "a later import of the same name takes its place"),
          Map.entry(
              "addstaticimport", "Java's own line does that: import static package.Type.member;"),
          Map.entry("adddeps", MAVEN),
          Map.entry("use", MAVEN),
          Map.entry("addjar", "%jars path adds a jar that is here"),
          Map.entry("groovy", LANGUAGE),
          Map.entry("kotlin", LANGUAGE),
          Map.entry("scala", LANGUAGE),
          Map.entry("clojure", LANGUAGE),
          Map.entry("r", LANGUAGE),
          Map.entry("julia", LANGUAGE),
          Map.entry("spark", SPARK),
          Map.entry("spark-session", SPARK),
          Map.entry("plantuml", DRAWING),
          Map.entry("plantumlfile", DRAWING),
          Map.entry("graphviz", DRAWING),
          Map.entry("dot", DRAWING),
          Map.entry("mermaid", "JupyterLab draws it: %%markdown, with ```mermaid in front of it"),
          Map.entry("thymeleaf", TEMPLATE),
          Map.entry("mustache", TEMPLATE),
          Map.entry("handlebars", TEMPLATE),
          Map.entry("freemarker", TEMPLATE),
          Map.entry("velocity", TEMPLATE),
          Map.entry("sql", "connect with java.sql.DriverManager, whose driver %maven fetches"),
          Map.entry("pip", "%sh runs a command, as in %sh pip install"),
          Map.entry("conda", "%sh runs a command, as in %sh conda install"),
          Map.entry("matplotlib", PYTHON),
          Map.entry("pylab", PYTHON),
          Map.entry("load_ext", PYTHON),
          Map.entry("reload_ext", PYTHON),
          Map.entry("autoreload", PYTHON));

  private ForeignMagics() {}

  /// {@return what to do instead of calling a magic that this kernel does not have}
  ///
  /// @param isCell whether it is written with `%%`
  static Optional<String> advice(String name, boolean isCell) {
    return Optional.ofNullable(ADVICE.get(name.toLowerCase(Locale.ROOT)))
        .or(() -> isProgram(name) ? Optional.of(program(name, isCell)) : Optional.empty());
  }

  private static String program(String name, boolean isCell) {
    return isCell
        ? "%%script " + name + " gives the cell to the program of that name"
        : "%sh " + name + " runs the program of that name";
  }

  private static boolean isProgram(String name) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .filter(folder -> !folder.isEmpty())
        .map(folder -> new File(folder, name))
        .anyMatch(file -> file.isFile() && file.canExecute());
  }
}
