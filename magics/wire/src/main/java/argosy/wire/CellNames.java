package argosy.wire;

import java.util.Optional;
import java.util.regex.Pattern;

/// Knows classes by the names that cells call them by. A class loader may be one.
public interface CellNames {

  /// What the name of a class starts with that a cell declares without a package.
  String OF_CELL = "REPL.$JShell$";

  /// The cell around a class.
  Pattern CELL = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\$(anonymous\\$)?");

  /// {@return the whole name of the class that cells call so, `$` before what is nested, unless
  /// there are none or several}
  Optional<String> declared(String name);

  /// {@return whether a class was declared in a cell, without a package}
  static boolean isOfCell(Class<?> type) {
    return type.getName().startsWith(OF_CELL);
  }

  /// {@return the name of a type without the cell around it}
  static String declared(Class<?> type) {
    return CELL.matcher(type.getTypeName()).replaceAll("");
  }
}
