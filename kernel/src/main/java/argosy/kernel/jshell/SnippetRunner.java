package argosy.kernel.jshell;

import argosy.kernel.cell.Annotations;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.extension.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/// Gives single snippets to the shell, and tells from its events what came of them. Confined to
/// whoever holds the [ShellLock].
final class SnippetRunner {

  private final CellLoader loader;
  private final SourceLines lines;
  private final Redefinitions redefinitions;
  private final ShellControl control;
  private final JShell shell;
  private final Foresight foresight;
  private final Names names;
  private final Variables variables;
  private final CompilerMessages messages;
  private final Aftermath aftermath;
  private final Function<String, List<SnippetEvent>> evaluate;
  private final Finals finals = new Finals();

  /// @param evaluate gives the shell the text of a snippet
  SnippetRunner(
      CellLoader loader,
      SourceLines lines,
      Redefinitions redefinitions,
      ShellControl control,
      JShell shell,
      Foresight foresight,
      Names names,
      Variables variables,
      CompilerMessages messages,
      Aftermath aftermath,
      Function<String, List<SnippetEvent>> evaluate) {
    this.loader = loader;
    this.lines = lines;
    this.redefinitions = redefinitions;
    this.control = control;
    this.shell = shell;
    this.foresight = foresight;
    this.names = names;
    this.variables = variables;
    this.messages = messages;
    this.aftermath = aftermath;
    this.evaluate = evaluate;
  }

  /// Runs a snippet on the cell's thread.
  Evaluation run(JavaSnippet snippet, Origin origin) {
    try {
      return settled(snippet, origin);
    } finally {
      redefinitions.releaseRun();
    }
  }

  private Evaluation settled(JavaSnippet snippet, Origin origin) {
    List<Problem> unknown = unknownAnnotations(snippet);
    if (!unknown.isEmpty()) {
      return new Evaluation.Rejected(unknown);
    }
    names.named(snippet.name()).forEach(this::renewIfBroken);
    lines.evaluating(origin);
    List<SnippetEvent> events;
    try {
      events = evaluate.apply(snippet.source());
    } catch (RuntimeException | AssertionError e) {
      redefinitions.finish();
      return new Evaluation.Rejected(
          List.of(
              new Problem(
                  snippet.start(), snippet.end(), CompilerMessages.CRASH + " (" + e + ")")));
    }
    ShellControl.Invocation invocation = control.last();
    events.forEach(this::noteMove);
    List<String> notices = new ArrayList<>(aftermath.settle(events));
    events.forEach(this::place);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        Optional<Evaluation> failure = failure(snippet, event, invocation);
        if (failure.isPresent()) {
          return failure.get();
        }
      }
    }
    notices.addAll(finals.after(snippet.source(), events));
    return completed(events, invocation, notices);
  }

  private void renewIfBroken(Snippet declaration) {
    Class<?> wrapper = redefinitions.wrapper(declaration.id());
    if (wrapper != null) {
      redefinitions.broken().in(wrapper).forEach(foresight::renew);
    }
  }

  /// The compiler never sees the annotations of a variable, which the shell leaves out.
  private List<Problem> unknownAnnotations(JavaSnippet snippet) {
    if (snippet.kind() != JavaSnippet.Kind.STATEMENT) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    Annotations.of(snippet.source())
        .forEach((start, name) -> {
          String type = name + ".class";
          if (shell.sourceCodeAnalysis().analyzeType(type, type.length()) == null) {
            String message = "cannot find symbol\n  symbol:   class " + name;
            problems.add(new Problem(start, start + name.length(), message));
          }
        });
    return messages.withHints(problems, snippet.source()).stream()
        .map(problem ->
            new Problem(
                snippet.inCell(problem.start()), snippet.inCell(problem.end()), problem.message()))
        .toList();
  }

  /// A snippet that was given again, word for word, keeps its class with the lines of the first
  /// time.
  private void noteMove(SnippetEvent event) {
    Class<?> wrapper = redefinitions.wrapper(event.snippet().id());
    if (event.causeSnippet() == null && wrapper != null && !control.touched(wrapper.getName())) {
      lines.moved(wrapper.getName());
    }
  }

  /// Notes of what a snippet declared where its state is from now on: here, or where the program
  /// runs that its body is kept for.
  private void place(SnippetEvent event) {
    Class<?> wrapper = redefinitions.wrapper(event.snippet().id());
    if (event.causeSnippet() != null || wrapper == null || event.status() == Status.REJECTED) {
      return;
    }
    Program program = control.program();
    if (program == null) {
      loader.elsewhere().remove(wrapper.getName());
      return;
    }
    program.add(wrapper);
    loader.elsewhere().add(wrapper.getName(), program.advice());
    if (event.previousStatus() != Status.NONEXISTENT) {
      redefinitions.reweaveUsersOf(wrapper);
    }
  }

  /// Whether the shell takes a declaration for one that a later one will complete, only because
  /// something in it does not fit, such as a constructor that is not the one of a superclass.
  private boolean waitsForNothing(SnippetEvent event) {
    return Aftermath.waits(event.status())
        && event.snippet() instanceof DeclarationSnippet declaration
        && shell.unresolvedDependencies(declaration).findAny().isEmpty()
        && shell.diagnostics(declaration).anyMatch(Diag::isError);
  }

  private Optional<Evaluation> failure(
      JavaSnippet snippet, SnippetEvent event, ShellControl.Invocation invocation) {
    Snippet evaluated = event.snippet();
    if (event.status() == Status.REJECTED) {
      return Optional.of(new Evaluation.Rejected(messages.problems(snippet, evaluated)));
    }
    if (waitsForNothing(event)) {
      List<Problem> problems = messages.problems(snippet, evaluated);
      aftermath.settle(shell.drop(evaluated));
      names.update(evaluated);
      return Optional.of(new Evaluation.Rejected(problems));
    }
    Throwable thrown = invocation.thrown();
    if (thrown != null) {
      if (isTemporary(evaluated)) {
        forget(evaluated);
      }
      return Optional.of(new Evaluation.Threw(messages.explained(thrown)));
    }
    boolean isCode = evaluated.kind() != Snippet.Kind.IMPORT && event.status() == Status.VALID;
    if (isCode && redefinitions.wrapper(evaluated.id()) == null) {
      shell.drop(evaluated);
      names.update(evaluated);
      Problem crash = new Problem(snippet.start(), snippet.end(), CompilerMessages.CRASH);
      return Optional.of(new Evaluation.Rejected(List.of(crash)));
    }
    return Optional.empty();
  }

  private Evaluation completed(
      List<SnippetEvent> events, ShellControl.Invocation invocation, List<String> notices) {
    Snippet last = null;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        last = event.snippet();
      }
    }
    if (last == null) {
      return Evaluation.Completed.silently();
    }
    Object value = invocation.value();
    boolean isTemporary = isTemporary(last);
    if (isTemporary) {
      forget(last);
    }
    boolean shows = isTemporary || last.kind() == Snippet.Kind.EXPRESSION;
    Program program = control.program();
    if (program != null) {
      program.value(shows ? typeOf(last) : "");
    }
    boolean returns = last.kind() == Snippet.Kind.STATEMENT && value != null;
    return new Evaluation.Completed(value, shows, returns, declared(events), notices);
  }

  private static List<Declaration> declared(List<SnippetEvent> events) {
    return events.stream()
        .filter(event -> event.causeSnippet() == null)
        .map(SnippetEvent::snippet)
        .filter(PersistentSnippet.class::isInstance)
        .filter(snippet -> snippet.kind() != Snippet.Kind.IMPORT && !isTemporary(snippet))
        .map(Declared::of)
        .toList();
  }

  private static boolean isTemporary(Snippet snippet) {
    return snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private static String typeOf(Snippet value) {
    return Wrappers.unwrap(
        switch (value) {
          case VarSnippet variable -> variable.typeName();
          case ExpressionSnippet expression -> expression.typeName();
          default -> "Object";
        });
  }

  /// Removes the variable in which the shell keeps a value that has no name.
  private void forget(Snippet temporary) {
    if (temporary instanceof VarSnippet variable) {
      variables.set(variable, null);
    }
    shell.drop(temporary);
    foresight.bury(temporary);
    names.update(temporary);
    redefinitions.release(temporary.id());
  }
}
