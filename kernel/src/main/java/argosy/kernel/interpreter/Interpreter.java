package argosy.kernel.interpreter;

import java.util.Map;
import java.util.Optional;

/// A language that cells are written in.
public interface Interpreter extends AutoCloseable, OutputReader {

  /// Runs a cell and blocks until it has ended. One cell at a time. Never throws: whatever happens
  /// is an outcome, an `Error` thrown by the code included.
  CellOutcome execute(String code, CellIo io);

  /// Ends the cell that runs now, and no later one; if none runs, what [#attend] runs now. Returns
  /// at once; from any thread.
  void interrupt();

  /// Runs what earlier cells have left to be called, such as the handlers of a widget, on the
  /// calling thread, and throws what it throws. Cells may run meanwhile.
  void attend(Runnable handlers);

  /// {@return an expression's value after a cell, as `user_expressions` asks for it}
  CellOutcome evaluate(String expression, CellIo io);

  /// {@return what could stand at the cursor; answers while a cell runs}
  ///
  /// @param cursor an index into `code` as Java counts
  Completions complete(String code, int cursor);

  /// {@return a MIME bundle about the name at the cursor, or nothing; answers while a cell runs}
  ///
  /// @param cursor an index into `code` as Java counts
  /// @param detail 0 for a tooltip, 1 for all there is
  Optional<Map<String, Object>> inspect(String code, int cursor, int detail);

  /// {@return whether a console should run this code or ask for more lines}
  Completeness isComplete(String code);

  /// Ends the session: extensions first. Idempotent; does not throw.
  @Override
  void close();
}
