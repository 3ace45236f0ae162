package argosy.kernel.interpreter;

import argosy.kernel.extension.CurrentCell;

/// One execution of a cell: where its output goes and its input comes from.
public interface CellIo extends CurrentCell {

  /// Asks the user for a line and blocks until it comes.
  ///
  /// @return the line without its end
  /// @throws NoInputException if the client offers no input, or the cell has ended
  /// @throws InterruptedException if the cell is interrupted meanwhile
  String readLine(String prompt) throws InterruptedException;

  /// Asks for a line that is not shown while it is typed; otherwise as [#readLine].
  String readPassword(String prompt) throws InterruptedException;

  /// Removes what the cell has shown so far.
  ///
  /// @param wait whether to wait for the next output, which avoids flicker
  void clearOutput(boolean wait);
}
