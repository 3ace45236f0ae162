package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// What else has changed because of a snippet: brings the session's books up to date, puts
/// variables back that the shell has dropped, and says what the user should know.
///
/// Confined to whoever holds the [ShellLock].
final class Aftermath {

  private final JShell shell;
  private final SourceLines lines;
  private final Names names;
  private final Redefinitions redefinitions;
  private final Variables variables;
  private final CompilerMessages messages;
  private final CellLoader loader;
  private final Function<String, List<SnippetEvent>> evaluator;
  private final ShellInternals internals = new ShellInternals();
  private final List<DeclarationSnippet> unresolved = new ArrayList<>();

  /// What no longer compiles, with the sentence that says so. Nobody needs it as long as the cell
  /// may declare the same anew.
  private final Map<DeclarationSnippet, String> outdated = new LinkedHashMap<>();

  /// The cells that have declared a type of a name, each in its own way.
  private final Map<String, Set<String>> declaring = new HashMap<>();

  /// Variables with functions that call what is no longer there.
  private final Map<VarSnippet, Stale> stale = new LinkedHashMap<>();

  /// @param function what the variable held
  /// @param sentence what to tell of it
  private record Stale(Object function, String sentence) {}

  /// @param evaluator gives source to the shell
  Aftermath(
      JShell shell,
      SourceLines lines,
      Names names,
      Redefinitions redefinitions,
      CellLoader loader,
      CompilerMessages messages,
      Function<String, List<SnippetEvent>> evaluator) {
    this.shell = shell;
    this.lines = lines;
    this.names = names;
    this.redefinitions = redefinitions;
    this.variables = new Variables(redefinitions);
    this.messages = messages;
    this.loader = loader;
    this.evaluator = evaluator;
  }

  /// Settles what a snippet has caused. What no longer compiles is told by [#takeOutdated].
  ///
  /// @return what else the user should know, one sentence each
  List<String> settle(List<SnippetEvent> events) {
    return new Settlement().settle(events);
  }

  /// Settles what other classes of packages in the place of some have caused: compiles what names
  /// them again, and resets variables of their types. What no longer compiles is told by
  /// [#takeOutdated].
  ///
  /// @param before what the classes are called that were replaced
  /// @return what else the user should know, one sentence each
  List<String> reshaped(Set<String> before) {
    Settlement settlement = new Settlement();
    List<DeclarationSnippet> users =
        shell
            .snippets()
            .filter(DeclarationSnippet.class::isInstance)
            .map(DeclarationSnippet.class::cast)
            .filter(snippet -> shell.status(snippet).isActive() && isUser(snippet, before))
            .toList();
    users.forEach(this::outdate);
    for (DeclarationSnippet user : users) {
      if (!(user instanceof VarSnippet) && shell.status(user).isActive()) {
        settlement.again(user);
      }
    }
    List<Redefinitions.Replacement> replacements = new ArrayList<>();
    for (DeclarationSnippet user : users) {
      if (user instanceof VarSnippet variable
          && shell.status(variable).isActive()
          && variables.isOf(variable, before)) {
        replacements.addAll(settlement.repair(variable, null));
      }
    }
    Set<Class<?>> old = new HashSet<>();
    for (String name : before) {
      Class<?> defined = loader.defined(name);
      if (defined != null) {
        old.add(defined);
      }
    }
    settlement.report(replacements, old);
    return List.copyOf(settlement.notices);
  }

  private boolean isUser(Snippet snippet, Set<String> replaced) {
    return classesOf(snippet).stream()
        .map(loader::recorded)
        .anyMatch(bytes -> bytes != null && Shapes.isNamedInUse(bytes, replaced));
  }

  /// What the shell compiles of it is the same as before, and stands for something else.
  private void outdate(Snippet snippet) {
    classesOf(snippet).forEach(name -> internals.outdate(shell, name));
  }

  private List<String> classesOf(Snippet snippet) {
    Class<?> wrapper = redefinitions.wrapper(snippet.id());
    return wrapper == null
        ? List.of()
        : loader.allRecorded().keySet().stream()
            .filter(name -> Wrappers.wrapperOf(name).filter(wrapper.getName()::equals).isPresent())
            .toList();
  }

  /// {@return which of these declarations, by their sources, still need something that is not
  /// there; each is told of once}
  List<Unresolved> takeUnresolved(Set<String> sources) {
    List<DeclarationSnippet> taken =
        unresolved.stream().filter(snippet -> sources.contains(snippet.source())).toList();
    unresolved.removeAll(taken);
    List<Unresolved> result = new ArrayList<>();
    for (DeclarationSnippet snippet : taken) {
      Status status = shell.status(snippet);
      if (waits(status)) {
        result.add(
            new Unresolved(
                Names.display(snippet),
                messages.missingWithHints(snippet),
                messages.hints(snippet),
                snippet.source(),
                status == Status.RECOVERABLE_DEFINED));
      }
    }
    return result;
  }

  /// {@return the sources of all declarations that need something that is not there}
  List<String> waiting() {
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .filter(snippet -> waits(shell.status(snippet)))
        .map(Snippet::source)
        .toList();
  }

  /// {@return what no longer compiles or calls what is no longer there, and was not declared anew
  /// meanwhile, one sentence each, which is told once}
  List<String> takeOutdated() {
    List<String> told = new ArrayList<>();
    outdated.forEach((snippet, sentence) -> {
      if (isOutdated(snippet)) {
        told.add(sentence);
      }
    });
    stale.forEach((variable, before) -> {
      if (shell.status(variable).isActive() && isStill(variable, before.function())) {
        told.add(before.sentence());
      }
    });
    outdated.clear();
    stale.clear();
    return told;
  }

  @SuppressWarnings("ReferenceEquality") // the very object
  private boolean isStill(VarSnippet variable, Object function) {
    return variables.get(variable) == function;
  }

  private boolean isOutdated(DeclarationSnippet snippet) {
    Status status = shell.status(snippet);
    return waits(status)
        || (status == Status.REJECTED
            && names.named(snippet.name()).stream()
                .noneMatch(other -> Names.display(other).equals(Names.display(snippet))));
  }

  /// Tells of no declaration of the past any more.
  void forgetUnresolved() {
    unresolved.clear();
  }

  /// {@return whether a declaration needs something that is not there}
  static boolean waits(Status status) {
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  /// A declaration that waits for another one.
  ///
  /// @param missing what it needs, such as `class Node, method f(int)`, with the hints
  /// @param hints what may be meant by some of those names
  /// @param isUsable whether it can be used until then, as a method can be called
  record Unresolved(
      String name, String missing, Map<String, String> hints, String source, boolean isUsable) {
    Unresolved {
      hints = Map.copyOf(hints);
    }
  }

  /// Whether it tells of a method that was replaced by one that returns something else.
  private static boolean isOfOtherType(SnippetEvent event) {
    return event.status() == Status.OVERWRITTEN
        && event.snippet() instanceof MethodSnippet before
        && event.causeSnippet() instanceof MethodSnippet after
        && !before.signature().equals(after.signature());
  }

  /// The consequences of one snippet.
  private final class Settlement {

    private final Set<String> primary = new HashSet<>();
    private final Set<String> notices = new LinkedHashSet<>();
    private final Map<VarSnippet, @Nullable Object> broken = new HashMap<>();

    /// The variables that have no value any more, by name.
    private final Map<String, VarSnippet> lost = new LinkedHashMap<>();

    List<String> settle(List<SnippetEvent> events) {
      List<Redefinitions.Replacement> replacements = new ArrayList<>(redefinitions.finish());
      for (SnippetEvent event : events) {
        if (isOfOtherType(event)) {
          functionsGoOnCalling((MethodSnippet) event.snippet());
        }
        if (event.causeSnippet() == null) {
          given(event);
        } else {
          changed(event);
        }
        names.update(event.snippet());
      }
      broken.forEach((variable, value) -> replacements.addAll(repair(variable, value)));
      report(replacements, new HashSet<>());
      return List.copyOf(notices);
    }

    /// Gives a declaration to the shell once more.
    void again(DeclarationSnippet user) {
      Origin before = lines.current();
      lines.evaluating(lines.origin(user).orElse(before));
      List<SnippetEvent> events = evaluator.apply(user.source());
      settle(events);
      for (SnippetEvent event : events) {
        boolean breaks = waits(event.status()) || event.status() == Status.REJECTED;
        if (event.causeSnippet() == null
            && breaks
            && event.snippet() instanceof DeclarationSnippet declaration) {
          noLongerCompiles(declaration);
        }
      }
      lines.evaluating(before);
    }

    /// The snippet itself.
    private void given(SnippetEvent event) {
      Snippet snippet = event.snippet();
      primary.add(snippet.id());
      lines.evaluated(snippet);
      if (snippet instanceof DeclarationSnippet declaration && waits(event.status())) {
        unresolved.add(declaration);
      }
      if (snippet instanceof TypeDeclSnippet type) {
        lines
            .origin(type)
            .ifPresent(origin ->
                declaring.computeIfAbsent(type.name(), _ -> new HashSet<>()).add(origin.source()));
      }
    }

    /// Something that depends on it and was compiled again.
    private void changed(SnippetEvent event) {
      Snippet snippet = event.snippet();
      boolean breaks =
          event.previousStatus() == Status.VALID
              && (waits(event.status()) || event.status() == Status.REJECTED);
      if (breaks && snippet instanceof VarSnippet variable) {
        broken.put(variable, variables.get(variable));
      } else if (breaks && snippet instanceof DeclarationSnippet declaration) {
        noLongerCompiles(declaration);
      }
    }

    /// A function calls the method by its type, so what was made before the type changed does not
    /// find the new one.
    private void functionsGoOnCalling(MethodSnippet method) {
      for (VarSnippet variable : names.variables().toList()) {
        Object function = variables.get(variable);
        if (function != null
            && variable.source().contains("->")
            && Identifiers.in(variable.source()).contains(method.name())) {
          stale.put(
              variable,
              new Stale(
                  function,
                  variable.name()
                      + where(variable)
                      + " goes on calling "
                      + Names.display(method)
                      + " as it was, because its type has changed; to have it call this one, run"
                      + " its cell again"));
        }
      }
    }

    private void noLongerCompiles(DeclarationSnippet snippet) {
      outdated.put(
          snippet,
          Names.display(snippet)
              + where(snippet)
              + " no longer compiles"
              + messages.reason(snippet));
    }

    private String where(Snippet snippet) {
      return lines.origin(snippet).map(origin -> " of " + origin.source()).orElse("");
    }

    /// The shell drops a variable whose initialiser does not compile any more, which it will never
    /// run again: declares it without one, and gives it back its value.
    List<Redefinitions.Replacement> repair(VarSnippet variable, @Nullable Object value) {
      Origin before = lines.current();
      lines.evaluating(lines.origin(variable).orElse(before));
      String source = TypeNames.denotable(variable.typeName()) + " " + variable.name() + ";";
      names.importFor(source, Set.of());
      List<SnippetEvent> events = evaluator.apply(source);
      List<Redefinitions.Replacement> replacements = redefinitions.finish();
      boolean isBack = false;
      for (SnippetEvent event : events) {
        names.update(event.snippet());
        if (event.causeSnippet() == null && event.snippet() instanceof VarSnippet again) {
          lines.evaluated(again);
          isBack = event.status() == Status.VALID;
          if (isBack && !variables.set(again, value)) {
            lost.put(again.name(), again);
          }
        }
      }
      lines.evaluating(before);
      if (!isBack) {
        noLongerCompiles(variable);
      }
      return replacements;
    }

    /// @param old the classes that were replaced, as far as the replacements do not tell
    void report(List<Redefinitions.Replacement> replacements, Set<Class<?>> old) {
      Set<String> former = new HashSet<>();
      for (Redefinitions.Replacement replacement : replacements) {
        for (Class<?> type : replacement.before().getDeclaredClasses()) {
          old.add(type);
          former.addAll(declaring.getOrDefault(type.getSimpleName(), Set.of()));
        }
      }
      for (Redefinitions.Replacement replacement : replacements) {
        List<String> ids = Wrappers.snippetIds(replacement.after().getName());
        if (ids.stream().noneMatch(primary::contains)) {
          for (String name : replacement.lost()) {
            VarSnippet variable = names.variable(name);
            if (variable != null) {
              lost.put(name, variable);
            }
          }
        }
      }
      lost.values().forEach(variable -> reset(variable, former));
      lost.clear();
      if (!old.isEmpty()) {
        OldInstances search = new OldInstances(old, loader);
        String types =
            old.stream().map(Class::getSimpleName).distinct().collect(Collectors.joining(", "));
        names
            .variables()
            .forEach(variable -> held(variable, search.count(variables.get(variable)), types));
      }
    }

    /// @param former the cells that declare its type, each as it was before
    private void reset(VarSnippet variable, Set<String> former) {
      String cell = lines.origin(variable).map(Origin::source).orElse("");
      String advice = cell.isEmpty() ? "set it again" : "run " + cell + " again";
      notices.add(
          variable.name()
              + " was reset, because its type "
              + variable.typeName()
              + " changed its shape; "
              + (former.contains(cell)
                  ? "set it again, but not by " + cell + ", which declares a type as it was before"
                  : advice));
    }

    private void held(VarSnippet variable, int count, String types) {
      if (count > 0) {
        notices.add(
            variable.name()
                + where(variable)
                + " holds "
                + count
                + (count == 1 ? " object" : " objects")
                + " of "
                + types
                + " as it was before");
      }
    }
  }
}
