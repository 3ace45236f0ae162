package argosy.kernel.jshell;

import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.extension.Magic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/// Says what a name means.
final class Inspection {

  private static final Pattern LAST_NAME = Pattern.compile("[\\p{javaJavaIdentifierPart}.]+$");

  private final MagicRegistry magics;
  private final Shell shell;
  private final ShellLock lock;

  Inspection(MagicRegistry magics, Shell shell, ShellLock lock) {
    this.magics = magics;
    this.shell = shell;
    this.lock = lock;
  }

  /// {@return what is known about a subject, as `name?` asks for it}
  Map<String, Object> help(String subject) {
    Optional<Map<String, Object>> known =
        ofMagic(subject).map(text -> Map.<String, Object>of("text/plain", text));
    if (known.isEmpty() && !subject.startsWith("%")) {
      lock.lock();
      try {
        known = ofJava(subject, 1);
      } finally {
        lock.unlock();
      }
    }
    return known.orElseGet(() -> Map.of("text/plain", "nothing is known about " + subject));
  }

  /// {@return the documentation of what a Java text ends with; only for the holder of the lock}
  ///
  /// @param detail see [Javadoc#bundle]
  Optional<Map<String, Object>> ofJava(String text, int detail) {
    shell.names().importFor(text, Set.of());
    SourceCodeAnalysis analysis = shell.documentation();
    List<Documentation> found = analysis.documentation(text, text.length(), true);
    if (found.isEmpty()) {
      found = analysis.documentation(text + "(", text.length() + 1, true);
    }
    Matcher name = LAST_NAME.matcher(text);
    if (found.isEmpty() && name.find()) {
      // Where a value is expected, the name of a type is no value.
      found = analysis.documentation(name.group(), name.group().length(), true);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(Javadoc.bundle(found, detail));
  }

  /// {@return the summary and usage of a magic}
  Optional<String> ofMagic(String subject) {
    String name = subject.replaceFirst("^%{0,2}", "");
    return magics.find(name).map(Inspection::describe);
  }

  private static String describe(Magic magic) {
    String prefix = magic.kind() == Magic.Kind.CELL ? "%%" : "%";
    return prefix + magic.name() + ": " + magic.summary() + "\n\n" + magic.usage();
  }
}
