package argosy.wire.codec;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The methods by which a serializable class takes part in its own serialization.
final class Hooks {

  private Hooks() {}

  /// {@return `writeReplace` of a class, taking the object, or null}
  static @Nullable MethodHandle writeReplace(Class<?> type) {
    return replacement(type, "writeReplace");
  }

  /// {@return `readResolve` of a class, taking the object, or null}
  static @Nullable MethodHandle readResolve(Class<?> type) {
    return replacement(type, "readResolve");
  }

  /// {@return whether a class or one of its superclasses writes or reads itself}
  static boolean hasStreamHooks(Class<?> type) {
    if (!Serializable.class.isAssignableFrom(type) || Externalizable.class.isAssignableFrom(type)) {
      return false;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (writeObject(each) != null || readObject(each) != null) {
        return true;
      }
    }
    return false;
  }

  /// {@return `writeObject` that a class itself declares, or null}
  static @Nullable MethodHandle writeObject(Class<?> type) {
    return streamHook(type, "writeObject", ObjectOutputStream.class);
  }

  /// {@return `readObject` that a class itself declares, or null}
  static @Nullable MethodHandle readObject(Class<?> type) {
    return streamHook(type, "readObject", ObjectInputStream.class);
  }

  /// {@return what `readResolve` makes of a value, or the value if it makes nothing: a singleton's
  /// answers with its static, which may be just what is being rebuilt}
  static Object resolved(@Nullable MethodHandle readResolve, Object value) {
    if (readResolve == null) {
      return value;
    }
    try {
      Object resolved = (Object) readResolve.invokeExact(value);
      return resolved == null ? value : resolved;
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  private static @Nullable MethodHandle streamHook(Class<?> type, String name, Class<?> stream) {
    if (!Serializable.class.isAssignableFrom(type)) {
      return null;
    }
    try {
      Method method = type.getDeclaredMethod(name, stream);
      int modifiers = method.getModifiers();
      if (!Modifier.isPrivate(modifiers)
          || Modifier.isStatic(modifiers)
          || method.getReturnType() != void.class) {
        return null;
      }
      return Memory.LOOKUP
          .unreflect(method)
          .asType(MethodType.methodType(void.class, Object.class, stream));
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the lookup may call everything", e);
    }
  }

  private static @Nullable MethodHandle replacement(Class<?> type, String name) {
    if (!Serializable.class.isAssignableFrom(type)) {
      return null;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Method method = each.getDeclaredMethod(name);
        if (method.getReturnType() != Object.class || !isSeenFrom(type, each, method)) {
          return null;
        }
        return Memory.LOOKUP
            .unreflect(method)
            .asType(MethodType.methodType(Object.class, Object.class));
      } catch (NoSuchMethodException e) {
        // a superclass may have it
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("the lookup may call everything", e);
      }
    }
    return null;
  }

  private static boolean isSeenFrom(Class<?> type, Class<?> owner, Method method) {
    int modifiers = method.getModifiers();
    if (Modifier.isStatic(modifiers) || Modifier.isAbstract(modifiers)) {
      return false;
    }
    if (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers) || owner == type) {
      return true;
    }
    return !Modifier.isPrivate(modifiers)
        && owner.getPackageName().equals(type.getPackageName())
        && Objects.equals(owner.getClassLoader(), type.getClassLoader());
  }
}
