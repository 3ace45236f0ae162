package argosy.kernel.jshell;

import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.Declaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// What the cells of a session have declared, to be looked at and to be taken back.
///
/// Takes the [ShellLock] itself.
final class Inventory {

  private final JShell shell;
  private final ShellLock lock;
  private final Names names;
  private final Imports imports;
  private final Redefinitions redefinitions;
  private final Variables variables;
  private final Aftermath aftermath;

  Inventory(
      JShell shell,
      ShellLock lock,
      Names names,
      Imports imports,
      Redefinitions redefinitions,
      Variables variables,
      Aftermath aftermath) {
    this.shell = shell;
    this.lock = lock;
    this.names = names;
    this.imports = imports;
    this.redefinitions = redefinitions;
    this.variables = variables;
    this.aftermath = aftermath;
  }

  /// {@return the value of a variable, or null if there is none of this name}
  @Nullable Object variable(String name) {
    lock.lock();
    try {
      VarSnippet snippet = names.variable(name);
      return snippet == null ? null : variables.get(snippet);
    } finally {
      lock.unlock();
    }
  }

  boolean declares(String name) {
    lock.lock();
    try {
      return !names.named(name).isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// {@return the variables that cells have declared, in the order of their declaration}
  List<CellVariable> variables() {
    lock.lock();
    try {
      return shell
          .variables()
          .map(v ->
              new CellVariable(
                  v.name(),
                  TypeNames.readable(Wrappers.unwrap(v.typeName()), () -> variables.typeName(v)),
                  variable(v.name()),
                  variables.absence(v)))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// {@return what cells have declared: imports first, then all else in the order of its
  /// declaration}
  List<Declaration> declarations() {
    lock.lock();
    try {
      return Stream.concat(
              imports.own().stream().map(Declared::onDemand),
              own()
                  .sorted(Comparator.comparing(snippet -> snippet.kind() != Snippet.Kind.IMPORT))
                  .map(Declared::of))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private Stream<Snippet> own() {
    return shell
        .snippets()
        .filter(snippet ->
            shell.status(snippet).isActive()
                && snippet.kind().isPersistent()
                && !names.isHidden(snippet));
  }

  /// {@return the imports by which a copy of the session sees what a name stands for here}
  List<String> importsOf(String name) {
    List<Snippet> declared = names.named(name);
    // A shell keeps one import of a name, which is not enough for overloads.
    String member = declared.size() > 1 ? "*" : name;
    List<String> found = new ArrayList<>();
    for (Snippet snippet : declared) {
      Class<?> wrapper = redefinitions.wrapper(snippet.id());
      if (wrapper != null) {
        found.add("import static " + wrapper.getName() + "." + member + ";");
      }
    }
    return found.isEmpty()
        ? ownImports().filter(own -> own.name().equals(name)).map(Snippet::source).toList()
        : found;
  }

  private Stream<ImportSnippet> ownImports() {
    return own().filter(ImportSnippet.class::isInstance).map(ImportSnippet.class::cast);
  }

  /// Takes declarations back.
  ///
  /// @return what no longer works without them
  List<String> forget(Predicate<? super Declaration> which) {
    lock.lock();
    try {
      imports.own().stream()
          .filter(declaration -> which.test(Declared.onDemand(declaration)))
          .forEach(imports::remove);
      List<Snippet> forgotten = own().filter(snippet -> which.test(Declared.of(snippet))).toList();
      List<String> notices = new ArrayList<>();
      for (Snippet snippet : forgotten.reversed()) {
        if (snippet instanceof VarSnippet variable) {
          variables.set(variable, null);
        }
        List<SnippetEvent> events = shell.drop(snippet);
        names.update(snippet);
        redefinitions.release(snippet.id());
        List<String> broken = aftermath.settle(events);
        notices.addAll(broken);
      }
      notices.addAll(aftermath.takeOutdated());
      aftermath.forgetUnresolved();
      return notices;
    } finally {
      lock.unlock();
    }
  }
}
