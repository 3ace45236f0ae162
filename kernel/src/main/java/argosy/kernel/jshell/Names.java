package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// What the names of the session stand for. Confined to whoever holds the [ShellLock].
final class Names {

  private final JShell shell;
  private final Imports imports;
  private final Foresight foresight;
  private final Function<String, List<String>> elsewhere;
  private final Map<String, Set<Snippet>> declared = new LinkedHashMap<>();
  private final Map<String, List<Snippet>> hidden = new HashMap<>();

  /// Why names that the last source has could not be imported.
  private final Map<String, String> unimported = new HashMap<>();

  /// @param elsewhere gives the imports of what a name stands for outside the session, if anything
  Names(
      JShell shell,
      Imports imports,
      Foresight foresight,
      Function<String, List<String>> elsewhere) {
    this.shell = shell;
    this.foresight = foresight;
    this.imports = imports;
    this.elsewhere = elsewhere;
  }

  /// Takes note of what became of a snippet.
  void update(Snippet snippet) {
    if (!(snippet instanceof PersistentSnippet persistent)) {
      return;
    }
    String name = persistent.name();
    if (shell.status(snippet).isActive()) {
      declared.computeIfAbsent(name, n -> new HashSet<>()).add(snippet);
      if (snippet instanceof VarSnippet && hidden.containsKey(name)) {
        giveUpHidden(name);
      }
    } else {
      Set<Snippet> same = declared.get(name);
      if (same != null && same.remove(snippet) && same.isEmpty()) {
        declared.remove(name);
      }
    }
  }

  /// {@return the types, methods and variables of a name}
  List<Snippet> named(String name) {
    return List.copyOf(declared.getOrDefault(name, Set.of()));
  }

  /// {@return the names of all types, methods and variables, ordered}
  Stream<String> all() {
    return declared.keySet().stream().sorted();
  }

  boolean isVariable(String name) {
    return variable(name) != null;
  }

  @Nullable VarSnippet variable(String name) {
    for (Snippet snippet : declared.getOrDefault(name, Set.of())) {
      if (snippet instanceof VarSnippet variable && shell.status(variable).isActive()) {
        return variable;
      }
    }
    return null;
  }

  Stream<VarSnippet> variables() {
    return declared.values().stream()
        .flatMap(Set::stream)
        .filter(VarSnippet.class::isInstance)
        .map(VarSnippet.class::cast)
        .filter(variable -> shell.status(variable).isActive());
  }

  /// Imports what the code names and an import on demand has.
  ///
  /// @param except names that are about to be declared
  void importFor(String source, Set<String> except) {
    unimported.clear();
    for (String name : Identifiers.in(source)) {
      if (!except.contains(name) && !declared.containsKey(name) && !hidden.containsKey(name)) {
        importHidden(name);
      }
    }
  }

  private void importHidden(String name) {
    List<String> outside = elsewhere.apply(name);
    if (!outside.isEmpty()) {
      outside.forEach(declaration -> hide(name, declaration));
      return;
    }
    Optional<Imports.Resolution> resolution = imports.resolve(name);
    if (resolution.isEmpty()) {
      return;
    }
    switch (resolution.get()) {
      case Imports.Resolution.Ambiguous(List<String> candidates) ->
          unimported.put(
              name,
              "reference to %s is ambiguous: %s are both imported; import the one that you mean by its full name"
                  .formatted(name, String.join(" and ", candidates)));
      case Imports.Resolution.Found(String declaration) -> {
        if (imports.has(declaration)) {
          foresight.trust(declaration);
        }
        hide(name, declaration);
      }
    }
  }

  private void hide(String name, String declaration) {
    for (SnippetEvent event : shell.eval(declaration)) {
      if (event.causeSnippet() == null && event.status().isActive()) {
        hidden.computeIfAbsent(name, _ -> new ArrayList<>()).add(event.snippet());
      } else if (event.causeSnippet() == null) {
        shell
            .diagnostics(event.snippet())
            .findFirst()
            .ifPresent(diagnostic ->
                unimported.put(
                    name, CompilerOptions.inNotebook(diagnostic.getMessage(Locale.ROOT))));
      }
    }
  }

  /// {@return whether nobody wrote the import, but a name needed it}
  boolean isHidden(Snippet snippet) {
    return hidden.values().stream().anyMatch(imports -> imports.contains(snippet));
  }

  /// Makes room for a declaration of the user's own.
  void giveUpHidden(String name) {
    for (Snippet snippet : hidden.getOrDefault(name, List.of())) {
      if (shell.status(snippet).isActive()) {
        shell.drop(snippet);
      }
    }
    hidden.remove(name);
  }

  /// {@return the compiler's message, with what it cannot know: that two imports have the name, or
  /// why the only one was rejected}
  String explain(String message) {
    for (Map.Entry<String, String> entry : unimported.entrySet()) {
      if (message.startsWith("cannot find symbol") && message.contains(" " + entry.getKey())) {
        return entry.getValue();
      }
    }
    return message;
  }

  /// {@return the name as the user knows it: a method with its parameters}
  static String display(Snippet snippet) {
    return switch (snippet) {
      case MethodSnippet method -> method.name() + "(" + method.parameterTypes() + ")";
      case PersistentSnippet persistent -> persistent.name();
      default -> snippet.source();
    };
  }
}
