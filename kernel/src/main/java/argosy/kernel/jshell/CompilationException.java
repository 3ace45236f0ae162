package argosy.kernel.jshell;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.interpreter.CellOutcome;

/// Code that a magic wanted to run does not compile.
final class CompilationException extends CodeRejectedException {

  private static final long serialVersionUID = 1L;

  private final transient CellOutcome.Failed outcome;

  CompilationException(CellOutcome.Failed outcome) {
    super(outcome.message());
    this.outcome = outcome;
  }

  /// {@return what the user is to read}
  CellOutcome.Failed outcome() {
    return outcome;
  }
}
