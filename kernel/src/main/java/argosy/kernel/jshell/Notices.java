package argosy.kernel.jshell;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/// Says what else has changed because of a snippet.
final class Notices {

  private final JShell shell;
  private final SourceLines lines;
  private final Names names;
  private final Set<String> primary = new HashSet<>();
  private final Set<String> texts = new LinkedHashSet<>();

  Notices(JShell shell, SourceLines lines, Names names) {
    this.shell = shell;
    this.lines = lines;
    this.names = names;
  }

  List<String> texts() {
    return List.copyOf(texts);
  }

  /// Names a snippet that the user gave himself: what happens to it needs no notice.
  void primary(Snippet snippet) {
    primary.add(snippet.id());
  }

  /// Something that depends on the snippet was compiled again.
  void changed(SnippetEvent event) {
    Snippet snippet = event.snippet();
    if (event.previousStatus() == Status.VALID
        && event.status() != Status.VALID
        && event.status() != Status.OVERWRITTEN
        && event.status() != Status.DROPPED) {
      String reason =
          shell
              .diagnostics(snippet)
              .filter(Diag::isError)
              .findFirst()
              .map(diagnostic -> ": " + firstLine(diagnostic.getMessage(Locale.ROOT)))
              .orElse("");
      texts.add(Names.display(snippet) + where(snippet) + " no longer compiles" + reason);
    }
  }

  private static String firstLine(String message) {
    return Wrappers.unwrap(message).lines().findFirst().orElse("");
  }

  private String where(Snippet snippet) {
    return lines.origin(snippet).map(origin -> " of " + origin.source()).orElse("");
  }

  /// A wrapper has taken the place of another.
  void replaced(Redefinitions.Replacement replacement) {
    List<String> ids = Wrappers.snippetIds(replacement.after().getName());
    if (ids.stream().anyMatch(primary::contains)) {
      return;
    }
    for (String name : replacement.lost()) {
      VarSnippet variable = names.variable(name);
      if (variable != null) {
        String cell =
            lines.origin(variable).map(origin -> "run " + origin.source()).orElse("set it");
        texts.add(
            name
                + " was reset, because its type "
                + variable.typeName()
                + " changed its shape; "
                + cell
                + " again");
      }
    }
  }
}
