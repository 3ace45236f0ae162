package argosy.engine.closure;

import argosy.wire.CellNames;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Collectors;

/// Classes, methods and types as the user wrote them.
final class ShownNames {

  private ShownNames() {}

  /// {@return whether a class only holds a cell's variables and methods}
  static boolean isWrapper(Class<?> type) {
    return type.getName().startsWith(CellNames.OF_CELL) && type.getEnclosingClass() == null;
  }

  /// {@return such as `variable base` or `static Config.limit`}
  static String variable(Class<?> owner, String name) {
    return isWrapper(owner) ? "variable " + name : "static " + type(owner) + "." + name;
  }

  /// {@return a class's name without its package and the cell around it}
  static String type(Class<?> type) {
    return shortened(type.getTypeName());
  }

  /// {@return the name of a generic or other type, shortened in the same way}
  static String shortened(String type) {
    return CellNames.CELL
        .matcher(type)
        .replaceAll("")
        .replaceAll("\\b(?:[a-z_][\\w]*\\.)+(?=[A-Z])", "")
        .replace('$', '.');
  }

  /// {@return such as `distance(City)`, `City.scaled(double)` or `new City(String)`}
  static String method(Class<?> owner, String name, String descriptor) {
    String parameters =
        MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
            .map(ClassDesc::displayName)
            .map(ShownNames::lastPart)
            .collect(Collectors.joining(", ", "(", ")"));
    if (name.equals("<init>")) {
      return "new " + type(owner) + parameters;
    }
    return (isWrapper(owner) ? "" : type(owner) + ".") + name + parameters;
  }

  private static String lastPart(String displayName) {
    return displayName.substring(displayName.lastIndexOf('$') + 1);
  }
}
