package argosy.kernel.jshell;

import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.extension.Magic;
import java.util.Map;
import java.util.Optional;

/// Says what a name means.
final class Inspection {

  private final MagicRegistry magics;

  Inspection(MagicRegistry magics) {
    this.magics = magics;
  }

  /// {@return what is known about a subject, as `name?` asks for it}
  Map<String, Object> help(String subject) {
    Optional<String> magic = ofMagic(subject);
    return Map.of("text/plain", magic.orElse("nothing is known about " + subject));
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
