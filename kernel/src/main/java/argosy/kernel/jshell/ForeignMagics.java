package argosy.kernel.jshell;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The magics that only other kernels have, and what does their work here.
final class ForeignMagics {

  private static final String IMPORT = "Java's own line does that: import package.Type;";
  private static final String MAVEN = "%maven group:artifact:version fetches a library";
  private static final String LANGUAGE =
      "cells are Java's; %%script program gives a cell to a program that is installed";
  private static final String PYTHON = "it is Python's, and a Java kernel needs nothing for it";

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
          Map.entry("sql", "connect with java.sql.DriverManager, whose driver %maven fetches"),
          Map.entry("pip", "%sh runs a command, as in %sh pip install"),
          Map.entry("conda", "%sh runs a command, as in %sh conda install"),
          Map.entry("matplotlib", PYTHON),
          Map.entry("load_ext", PYTHON),
          Map.entry("autoreload", PYTHON));

  private ForeignMagics() {}

  /// {@return what to do instead of calling a magic that this kernel does not have}
  static Optional<String> advice(String name) {
    return Optional.ofNullable(ADVICE.get(name.toLowerCase(Locale.ROOT)));
  }
}
