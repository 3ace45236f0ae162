package argosy.wire.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/// The inside of the JDK, as far as Argosy's wire needs it.
/*
 * The lookup that may do everything is a static field of MethodHandles.Lookup: it is read by
 * reflection if JvmAccess.OPENS are open, else by its address.
 */
public final class JdkAccess {

  /// A lookup that may call everything.
  public static final MethodHandles.Lookup LOOKUP = trustedLookup();

  private static final Object UNSAFE = unsafe();

  private JdkAccess() {}

  /// {@return a method of the JDK's own Unsafe}
  public static MethodHandle unsafe(String name, MethodType type) {
    try {
      return LOOKUP.findVirtual(UNSAFE.getClass(), name, type).bindTo(UNSAFE);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows: " + e, e);
    }
  }

  private static Object unsafe() {
    try {
      Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
      return LOOKUP.findStatic(type, "getUnsafe", MethodType.methodType(type)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("this Java is not one that Argosy knows: " + e, e);
    }
  }

  private static MethodHandles.Lookup trustedLookup() {
    try {
      Field field = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
      if (isOpened(field)) {
        return (MethodHandles.Lookup) field.get(null);
      }
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field instance = type.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      Object unsafe = instance.get(null);
      Object base = type.getMethod("staticFieldBase", Field.class).invoke(unsafe, field);
      Object offset = type.getMethod("staticFieldOffset", Field.class).invoke(unsafe, field);
      return (MethodHandles.Lookup)
          type.getMethod("getObject", Object.class, long.class).invoke(unsafe, base, offset);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "start this JVM with --add-opens=java.base/java.lang.invoke=ALL-UNNAMED for Argosy to"
              + " run",
          e);
    }
  }

  private static boolean isOpened(Field field) {
    try {
      field.setAccessible(true);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
