package argosy.kernel.jshell;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for objects of classes that have been replaced, in what a variable holds: through arrays,
/// the collections of the platform, and the fields of cell classes, up to a bound.
final class OldInstances {

  private static final System.Logger LOG = System.getLogger(OldInstances.class.getName());
  private static final int MAX_OBJECTS = 200_000;

  private final Set<Class<?>> replaced;
  private final CellLoader loader;

  OldInstances(Set<Class<?>> replaced, CellLoader loader) {
    this.replaced = Set.copyOf(replaced);
    this.loader = loader;
  }

  /// {@return how many were found}
  int count(@Nullable Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    push(open, root);
    int found = 0;
    while (!open.isEmpty() && seen.size() < MAX_OBJECTS) {
      Object next = open.pop();
      if (seen.add(next)) {
        found += replaced.contains(next.getClass()) ? 1 : 0;
        pushQuietly(open, next);
      }
    }
    return found;
  }

  /// If something else changes the object meanwhile, what was found until then still counts.
  private void pushQuietly(Deque<Object> open, Object value) {
    try {
      pushContent(open, value);
    } catch (ConcurrentModificationException e) {
      LOG.log(System.Logger.Level.DEBUG, "a variable changes while it is searched");
    }
  }

  private static void push(Deque<Object> open, @Nullable Object value) {
    if (value != null) {
      open.push(value);
    }
  }

  private void pushContent(Deque<Object> open, Object value) {
    boolean isPlatform = value.getClass().getName().startsWith("java.util.");
    switch (value) {
      case Object[] array -> Arrays.asList(array).forEach(element -> push(open, element));
      case Collection<?> many when isPlatform -> many.forEach(element -> push(open, element));
      case Map<?, ?> map when isPlatform ->
          map.forEach((key, element) -> {
            push(open, key);
            push(open, element);
          });
      case Optional<?> optional -> optional.ifPresent(element -> push(open, element));
      default -> {
        for (Class<?> c = value.getClass(); c != null; c = c.getSuperclass()) {
          if (loader.owns(c)) {
            pushFields(open, c, value);
          }
        }
      }
    }
  }

  private static void pushFields(Deque<Object> open, Class<?> type, Object value) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        try {
          field.setAccessible(true);
          push(open, field.get(value));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("cannot read " + field, e);
        }
      }
    }
  }
}
