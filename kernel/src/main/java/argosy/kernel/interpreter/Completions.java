package argosy.kernel.interpreter;

import java.util.List;

/// What could stand in a part of the code.
///
/// @param start where the part starts, as Java counts
/// @param end where it ends
/// @param matches the texts that could stand there, the likeliest first
public record Completions(int start, int end, List<Match> matches) {

  /// Copies.
  public Completions {
    matches = List.copyOf(matches);
  }

  /// One text that could stand there.
  ///
  /// @param text what would be inserted
  /// @param type such as `function`, `class`, `variable`, `magic`, or empty
  /// @param signature for a method its parameters and result, or empty
  public record Match(String text, String type, String signature) {}
}
