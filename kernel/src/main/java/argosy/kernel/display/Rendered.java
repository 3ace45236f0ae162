package argosy.kernel.display;

import java.util.Map;

/// A value that has been rendered already: as the value of a cell it is shown as it is.
///
/// @param bundle MIME type to data
public record Rendered(Map<String, Object> bundle) {

  /// Copies.
  public Rendered {
    bundle = Map.copyOf(bundle);
  }
}
