package argosy.kernel.jshell;

import argosy.kernel.display.Text;
import java.lang.reflect.Field;
import java.util.Set;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// The values of variables, which live in static fields of their wrappers. Confined to whoever
/// holds the [ShellLock].
final class Variables {

  private final Redefinitions redefinitions;

  Variables(Redefinitions redefinitions) {
    this.redefinitions = redefinitions;
  }

  /// {@return the value, null also for a variable that never got one}
  @Nullable Object get(VarSnippet variable) {
    Field field = field(variable);
    try {
      return field == null ? null : field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read the variable " + variable.name(), e);
    }
  }

  /// {@return what an error says of it, as in "x …", if it has no value here; else empty}
  String absence(VarSnippet variable) {
    Class<?> wrapper = redefinitions.wrapper(variable.id());
    return wrapper != null && wrapper.getClassLoader() instanceof CellLoader loader
        ? loader.elsewhere().absence(wrapper.getName()).orElse("")
        : "";
  }

  /// {@return the class of its values, or what that extends or implements if it has no name}
  String typeName(VarSnippet variable) {
    Field field = field(variable);
    return field == null ? "class" : Text.typeName(field.getType());
  }

  /// {@return whether its type is one of some classes, or an array of one}
  boolean isOf(VarSnippet variable, Set<String> types) {
    Field field = field(variable);
    Class<?> type = field == null ? null : field.getType();
    while (type != null && type.isArray()) {
      type = type.getComponentType();
    }
    return type != null && types.contains(type.getName());
  }

  /// {@return whether the variable could take the value}
  boolean set(VarSnippet variable, @Nullable Object value) {
    Field field = field(variable);
    if (field == null || (value == null && field.getType().isPrimitive())) {
      return false;
    }
    try {
      field.set(null, value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot set the variable " + variable.name(), e);
    }
  }

  private @Nullable Field field(VarSnippet variable) {
    Class<?> wrapper = redefinitions.wrapper(variable.id());
    if (wrapper == null) {
      return null;
    }
    for (Field field : wrapper.getDeclaredFields()) {
      if (field.getName().equals(variable.name())) {
        field.setAccessible(true);
        return field;
      }
    }
    return null;
  }
}
