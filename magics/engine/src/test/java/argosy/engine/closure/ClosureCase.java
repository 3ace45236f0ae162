package argosy.engine.closure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cells whose last snippet is a function: what it returns here it must return on a worker.
///
/// @param name what the case shows
/// @param input what the function is given
/// @param cells run in order
record ClosureCase(String name, @Nullable Object input, List<String> cells) {

  static ClosureCase of(String name, String... cells) {
    return new ClosureCase(name, null, List.of(cells));
  }

  static ClosureCase with(Object input, String name, String... cells) {
    return new ClosureCase(name, input, List.of(cells));
  }

  @Override
  public String toString() {
    return name;
  }
}
