package argosy.kernel.jshell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/// The variables that were declared `final`, which the shell forgets. Confined to whoever holds the
/// [ShellLock].
final class Finals {

  private static final Pattern FINAL =
      Pattern.compile(
          "(?:(?:public|protected|private|static|transient|volatile|@\\w+)\\s+)*final\\b(?s:.*)");

  private final Map<String, Pattern> assignments = new HashMap<>();

  /// Those that have no value yet, and so may be given one.
  private final Set<String> blank = new HashSet<>();

  /// Takes note of what a source has declared.
  ///
  /// @return what the user should know about assignments in it, one sentence each
  List<String> after(String source, List<SnippetEvent> events) {
    List<String> notices = new ArrayList<>();
    boolean declares = false;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null && event.snippet() instanceof VarSnippet variable) {
        declares = true;
        assignments.remove(variable.name());
        blank.remove(variable.name());
        if (FINAL.matcher(source).matches()) {
          assignments.put(variable.name(), assignment(variable.name()));
          if (variable.subKind() == Snippet.SubKind.VAR_DECLARATION_SUBKIND) {
            blank.add(variable.name());
          }
        }
      }
    }
    if (!declares) {
      assignments.forEach((name, assignment) -> {
        if (assignment.matcher(source).find() && !blank.remove(name)) {
          notices.add(
              name + " was declared final; a notebook does not keep to that, so it has changed");
        }
      });
    }
    return notices;
  }

  private static Pattern assignment(String variable) {
    String name = Pattern.quote(variable);
    return Pattern.compile(
        "(?<![\\w.\"])"
            + name
            + "\\s*(?:=(?!=)|[-+*/%&|^]=|<<=|>>>?=|\\+\\+|--)"
            + "|(?:\\+\\+|--)\\s*"
            + name
            + "\\b");
  }
}
