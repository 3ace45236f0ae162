package argosy.worker.rebuild;

import argosy.wire.AdaptedFunction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/// Finds functions that hold nothing: one of them is as good for every task as a new one.
final class Stateless {

  private Stateless() {}

  /// {@return whether this is a lambda that captures nothing, as the API adapts it}
  static boolean is(Object function) {
    return function instanceof AdaptedFunction<?, ?> adapted
        && adapted.getClass().getRecordComponents().length == 1
        && isEmptyLambda(adapted.written().getClass());
  }

  private static boolean isEmptyLambda(Class<?> type) {
    if (!type.isHidden() || !type.isSynthetic()) {
      return false;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        return false;
      }
    }
    return true;
  }
}
