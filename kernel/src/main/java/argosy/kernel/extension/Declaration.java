package argosy.kernel.extension;

import java.util.Objects;

/// Something that a cell has declared.
///
/// @param kind what it is
/// @param name its name; of a method with its parameters' types, of an import what it imports
/// @param source the code that declared it
public record Declaration(Kind kind, String name, String source) {

  /// What can be declared.
  public enum Kind {
    /// An import, of one name or on demand.
    IMPORT,
    /// A class, interface, enum, record or annotation.
    TYPE,
    /// A method.
    METHOD,
    /// A variable.
    VARIABLE
  }

  /// Checks that nothing is missing.
  public Declaration {
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(source, "source is null");
  }

  /// {@return the name alone: of a method without its parameters}
  public String simpleName() {
    int parenthesis = name.indexOf('(');
    return parenthesis < 0 ? name : name.substring(0, parenthesis);
  }
}
