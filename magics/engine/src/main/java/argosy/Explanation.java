package argosy;

import java.util.List;
import java.util.Objects;

/// What ships with a function to a worker, and why. Its text is a report for people.
///
/// @param root the function, and below it what its code reaches, as a tree
/// @param variables the values that are captured
/// @param classes the classes that ship
/// @param jars what the notebook has added to the workers' class path
/// @param writes what a task may change, in its own copy
/// @param hints what would be cheaper or clearer
/// @param valueBytes how much the captured values take on the wire
/// @param workers how many workers run now
/// @param informed how many of them have all of this already, so that nothing of it is sent again
public record Explanation(
    Part root,
    List<Variable> variables,
    List<ShippedClass> classes,
    List<String> jars,
    List<Write> writes,
    List<String> hints,
    long valueBytes,
    int workers,
    int informed) {

  /// Checks and copies.
  public Explanation {
    Objects.requireNonNull(root, "root is null");
    variables = List.copyOf(variables);
    classes = List.copyOf(classes);
    jars = List.copyOf(jars);
    writes = List.copyOf(writes);
    hints = List.copyOf(hints);
  }

  /// A node of the tree.
  ///
  /// @param text such as `distance(City)` or `variable sunniest: double, 9 bytes`
  /// @param parts what it reaches
  public record Part(String text, List<Part> parts) {
    /// Checks and copies.
    public Part {
      Objects.requireNonNull(text, "text is null");
      parts = List.copyOf(parts);
    }
  }

  /// A captured value.
  ///
  /// @param name such as `variable base`, `captured k` or `static Config.limit`
  /// @param type as the notebook would write it
  /// @param bytes how much it takes on the wire by itself
  public record Variable(String name, String type, long bytes) {}

  /// A class that ships.
  ///
  /// @param name as the notebook would write it
  /// @param bytes how long its class file is
  /// @param informed how many workers have it already
  public record ShippedClass(String name, long bytes, int informed) {}

  /// A place in the code that changes something captured.
  ///
  /// @param name what is changed, named as in [Variable]
  /// @param how such as `assigned` or `add(...)`
  /// @param place such as `Cell [3], line 2`
  public record Write(String name, String how, String place) {}

  /// {@return the report}
  @Override
  public String toString() {
    return new ExplanationText(this).toString();
  }
}
