package argosy.kernel.interpreter;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How a cell ended.
public sealed interface CellOutcome {

  /// The cell ended well and its last value is to be shown.
  ///
  /// @param bundle MIME type to data, `text/plain` among them
  record Value(Map<String, Object> bundle) implements CellOutcome {
    /// Copies.
    public Value {
      bundle = Map.copyOf(bundle);
    }
  }

  /// The cell ended well and has nothing to show.
  record Nothing() implements CellOutcome {}

  /// The cell failed, or was interrupted.
  ///
  /// @param name the simple or full class name of the exception, such as `IllegalStateException`
  /// @param message what the exception says, empty if it says nothing
  /// @param traceback what the user reads, line by line, with ANSI colors
  record Failed(String name, String message, List<String> traceback) implements CellOutcome {
    /// Checks and copies.
    public Failed {
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(message, "message is null");
      traceback = List.copyOf(traceback);
    }
  }
}
