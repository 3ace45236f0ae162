package argosy.kernel.extension;

import org.jspecify.annotations.Nullable;

/// A variable that a cell has declared.
///
/// @param name its name
/// @param type its type, as the notebook would write it
/// @param value what it holds now
/// @param absence what is said of it, as in "x …", if its value lives in another process; else
///   empty
public record CellVariable(String name, String type, @Nullable Object value, String absence) {

  /// One that has its value here.
  public CellVariable(String name, String type, @Nullable Object value) {
    this(name, type, value, "");
  }
}
