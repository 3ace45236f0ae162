package argosy.wire.codec;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// The name by which people know the class of an object: they write the names of public types that
/// a module exports, and what it hides behind these says nothing to them.
final class KnownName {

  /// What says nothing about an object.
  private static final List<Class<?>> VAGUE =
      List.of(Object.class, Serializable.class, Cloneable.class, AutoCloseable.class);

  private KnownName() {}

  /// {@return the name of the class, or of the nearest type above it that people know}
  static String of(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (isKnown(each) && !VAGUE.contains(each)) {
        return each.getName();
      }
    }
    Queue<Class<?>> rest = new ArrayDeque<>(List.of(type));
    for (Class<?> each; (each = rest.poll()) != null; ) {
      if (each.isInterface() && isKnown(each) && !VAGUE.contains(each)) {
        return each.getName();
      }
      rest.addAll(List.of(each.getInterfaces()));
      if (each.getSuperclass() != null) {
        rest.add(each.getSuperclass());
      }
    }
    return type.getName();
  }

  /// {@return whether people may name the class itself}
  static boolean isKnown(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && type.getModule().isExported(type.getPackageName());
  }
}
