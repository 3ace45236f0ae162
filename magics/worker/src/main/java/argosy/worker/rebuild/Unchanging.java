package argosy.worker.rebuild;

import argosy.wire.AdaptedFunction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// Finds what no task can change: one of it is as good for every task as a new one.
final class Unchanging {

  private Unchanging() {}

  /// {@return whether this is nothing, a text, or what a primitive is boxed in}
  static boolean isValue(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof Float
        || value instanceof Character
        || value instanceof Short
        || value instanceof Byte;
  }

  /// {@return whether this is a lambda as the API adapts it, and [#isLambda]}
  static boolean isFunction(@Nullable Object function) {
    return function instanceof AdaptedFunction<?, ?> adapted
        && adapted.getClass().getRecordComponents().length == 1
        && isLambda(adapted.written());
  }

  /// {@return whether this is a lambda that captures nothing but such values}
  static boolean isLambda(Object lambda) {
    Class<?> type = lambda.getClass();
    if (!type.isHidden() || !type.isSynthetic()) {
      return false;
    }
    try {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        // What a lambda of the platform captures is closed to us.
        if (!field.trySetAccessible() || !isValue(field.get(lambda))) {
          return false;
        }
      }
      return true;
    } catch (IllegalAccessException e) {
      return false;
    }
  }
}
