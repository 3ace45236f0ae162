package argosy.kernel.extension;

import java.util.Map;

/// One execution of a cell, as a place to write to. Usable from any thread, and after the cell has
/// ended: late output still appears below its own cell.
public interface CurrentCell {

  /// {@return the execution count, the n of `Cell [n]`}
  int number();

  /// Appends to the cell's standard output.
  void stdout(String text);

  /// Appends to the cell's standard error.
  void stderr(String text);

  /// Shows a MIME bundle, as `display_data`.
  ///
  /// @return the display id, by which [#update] finds it again
  String display(Map<String, Object> bundle);

  /// Replaces what an earlier [#display] showed.
  void update(String displayId, Map<String, Object> bundle);
}
