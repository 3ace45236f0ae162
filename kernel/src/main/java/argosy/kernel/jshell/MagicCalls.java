package argosy.kernel.jshell;

import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.interpreter.CellOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the magics that cells name, runs them on the cell's thread, and says how one failed.
final class MagicCalls {

  private static final String HELP = "--help";

  private final MagicRegistry magics;
  private final Supplier<CellRun> run;
  private final Names names;

  /// Gives a magic its name.
  @FunctionalInterface
  interface Names {

    /// {@return what an expression of the cell says}
    String valueOf(String expression, MagicCall call) throws Throwable;
  }

  /// @param names for what is written as `%\{expression}`
  MagicCalls(MagicRegistry magics, Supplier<CellRun> run, Names names) {
    this.magics = magics;
    this.run = run;
    this.names = names;
  }

  /// {@return the problem with the name of a magic, or nothing}
  Optional<String> problemWith(String name, boolean isCell, boolean isMisplaced) {
    if (isExpression(name)) {
      return Optional.empty();
    }
    Optional<Magic> magic = magics.find(name);
    String percent = isCell ? "%%" : "%";
    String written = percent + name;
    if (magic.isEmpty()) {
      List<String> similar = magics.similarTo(name, isCell);
      String otherwise =
          similar.isEmpty()
              ? "%lsmagic lists them all"
              : "is it " + percent + String.join(", " + percent, similar) + "?";
      String hint = ForeignMagics.advice(name, isCell).orElse(otherwise);
      return Optional.of("there is no magic " + written + "; " + hint);
    }
    if (isMisplaced) {
      return Optional.of(written + " must be the first line of its cell");
    }
    return switch (magic.get().kind()) {
      case LINE -> isCell ? Optional.of(written + " is a line magic: %" + name) : Optional.empty();
      case CELL -> isCell ? Optional.empty() : Optional.of(written + " is a cell magic: %%" + name);
      case LINE_AND_CELL -> Optional.empty();
    };
  }

  /// Runs a magic.
  ///
  /// @throws CompilationException if it does not take this call, or cannot do what it says
  @Nullable Object call(String written, MagicCall call) throws Exception {
    String name = isExpression(written) ? valueOf(written, call) : written;
    Magic magic =
        magics
            .find(name)
            .orElseThrow(() ->
                new MagicUsageException(problemWith(name, call.isCell(), false).orElseThrow()));
    CellRun current = run.get();
    if (call.arguments().equals(HELP) && !magic.answersHelp()) {
      current.io().stdout(magic.help());
      return null;
    }
    current.enterUserCode();
    try {
      return magic.run(call);
    } catch (MagicUsageException e) {
      throw new CompilationException(usage(magic, call, e));
    } catch (MagicFailedException e) {
      throw new CompilationException(failure(magic, call, e));
    } finally {
      current.leaveUserCode();
    }
  }

  private static boolean isExpression(String name) {
    return name.startsWith("\\{");
  }

  /// Cells of rapaio's kernel write the name as `%\{expression}`.
  private String valueOf(String written, MagicCall call) throws Exception {
    String expression = written.substring(2, written.length() - 1);
    String name;
    try {
      name = names.valueOf(expression, call);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    Optional<String> problem = problemWith(name, call.isCell(), false);
    if (problem.isPresent()) {
      String message = problem.get() + ", which " + written + " stands for";
      throw new CompilationException(
          new CellOutcome.Failed("UsageError", message, List.of(Style.NAME.paint(message))));
    }
    return name;
  }

  private static CellOutcome.Failed failure(Magic magic, MagicCall call, MagicFailedException e) {
    String message = (call.isCell() ? "%%" : "%") + magic.name() + ": " + e.getMessage();
    List<String> lines = new ArrayList<>(message.lines().toList());
    lines.set(0, Style.NAME.paint(lines.getFirst()));
    return new CellOutcome.Failed("MagicError", message, lines);
  }

  private static CellOutcome.Failed usage(Magic magic, MagicCall call, MagicUsageException e) {
    String message = (call.isCell() ? "%%" : "%") + magic.name() + ": " + e.getMessage();
    List<String> lines = new ArrayList<>();
    lines.add(Style.NAME.paint(message));
    magic.usage().lines().forEach(lines::add);
    return new CellOutcome.Failed("UsageError", message, lines);
  }
}
