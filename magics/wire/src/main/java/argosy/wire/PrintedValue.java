package argosy.wire;

import java.util.Objects;

/// Stands for the value of a cell that cannot leave its worker.
///
/// @param text what its `toString` says
public record PrintedValue(String text) {

  /// Checks that nothing is missing.
  public PrintedValue {
    Objects.requireNonNull(text, "text is null");
  }

  @Override
  public String toString() {
    return text;
  }
}
