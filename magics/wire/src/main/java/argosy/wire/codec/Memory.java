package argosy.wire.codec;

import argosy.wire.memory.JdkAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/// Reads and writes any field of any object, and allocates objects without a constructor.
/*
 * Access. Final fields of records and of lambdas can be written neither by reflection nor by
 * variable handles, yet a record that takes part in a cycle has to be filled after it exists. The
 * JDK's own Unsafe can, and method handles that are constants make its calls as cheap as plain
 * field accesses.
 */
final class Memory {

  static final MethodHandles.Lookup LOOKUP = JdkAccess.LOOKUP;

  private static final MethodHandle ALLOCATE =
      bound("allocateInstance", MethodType.methodType(Object.class, Class.class));
  private static final MethodHandle OFFSET =
      bound("objectFieldOffset", MethodType.methodType(long.class, Field.class));

  private static final MethodHandle GET_OBJECT = getter("getReference", Object.class);
  private static final MethodHandle GET_INT = getter("getInt", int.class);
  private static final MethodHandle GET_LONG = getter("getLong", long.class);
  private static final MethodHandle GET_DOUBLE = getter("getDouble", double.class);
  private static final MethodHandle GET_FLOAT = getter("getFloat", float.class);
  private static final MethodHandle GET_BOOLEAN = getter("getBoolean", boolean.class);
  private static final MethodHandle GET_BYTE = getter("getByte", byte.class);
  private static final MethodHandle GET_SHORT = getter("getShort", short.class);
  private static final MethodHandle GET_CHAR = getter("getChar", char.class);

  private static final MethodHandle PUT_OBJECT = putter("putReference", Object.class);
  private static final MethodHandle PUT_INT = putter("putInt", int.class);
  private static final MethodHandle PUT_LONG = putter("putLong", long.class);
  private static final MethodHandle PUT_DOUBLE = putter("putDouble", double.class);
  private static final MethodHandle PUT_FLOAT = putter("putFloat", float.class);
  private static final MethodHandle PUT_BOOLEAN = putter("putBoolean", boolean.class);
  private static final MethodHandle PUT_BYTE = putter("putByte", byte.class);
  private static final MethodHandle PUT_SHORT = putter("putShort", short.class);
  private static final MethodHandle PUT_CHAR = putter("putChar", char.class);

  private Memory() {}

  static Object allocate(Class<?> type) {
    try {
      return (Object) ALLOCATE.invokeExact(type);
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  static long offset(Field field) {
    try {
      return (long) OFFSET.invokeExact(field);
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  static @Nullable Object getObject(Object target, long offset) {
    try {
      return (Object) GET_OBJECT.invokeExact(target, offset);
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  static void putObject(Object target, long offset, @Nullable Object value) {
    try {
      PUT_OBJECT.invokeExact(target, offset, value);
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  /// Writes a primitive field of `target` to `out`.
  static void write(GraphOutput out, FieldKind kind, Object target, long offset) {
    try {
      switch (kind) {
        case INT -> out.writeInt((int) GET_INT.invokeExact(target, offset));
        case LONG -> out.writeLong((long) GET_LONG.invokeExact(target, offset));
        case DOUBLE -> out.writeDouble((double) GET_DOUBLE.invokeExact(target, offset));
        case FLOAT -> out.writeFloat((float) GET_FLOAT.invokeExact(target, offset));
        case BOOLEAN -> out.writeBoolean((boolean) GET_BOOLEAN.invokeExact(target, offset));
        case BYTE -> out.writeByte((byte) GET_BYTE.invokeExact(target, offset));
        case SHORT -> out.writeShort((short) GET_SHORT.invokeExact(target, offset));
        case CHAR -> out.writeChar((char) GET_CHAR.invokeExact(target, offset));
        case OBJECT -> throw new IllegalArgumentException("a reference is not a primitive");
      }
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  /// {@return a field of `target`, boxed if it is a primitive}
  static @Nullable Object get(FieldKind kind, Object target, long offset) {
    try {
      return switch (kind) {
        case INT -> (int) GET_INT.invokeExact(target, offset);
        case LONG -> (long) GET_LONG.invokeExact(target, offset);
        case DOUBLE -> (double) GET_DOUBLE.invokeExact(target, offset);
        case FLOAT -> (float) GET_FLOAT.invokeExact(target, offset);
        case BOOLEAN -> (boolean) GET_BOOLEAN.invokeExact(target, offset);
        case BYTE -> (byte) GET_BYTE.invokeExact(target, offset);
        case SHORT -> (short) GET_SHORT.invokeExact(target, offset);
        case CHAR -> (char) GET_CHAR.invokeExact(target, offset);
        case OBJECT -> (Object) GET_OBJECT.invokeExact(target, offset);
      };
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  /// Sets a field of `target`, which is never a null if the field is a primitive.
  static void put(FieldKind kind, Object target, long offset, @Nullable Object value) {
    try {
      if (kind == FieldKind.OBJECT) {
        PUT_OBJECT.invokeExact(target, offset, value);
        return;
      }
      Object boxed = java.util.Objects.requireNonNull(value, "a primitive is null");
      switch (kind) {
        case INT -> PUT_INT.invokeExact(target, offset, (int) boxed);
        case LONG -> PUT_LONG.invokeExact(target, offset, (long) boxed);
        case DOUBLE -> PUT_DOUBLE.invokeExact(target, offset, (double) boxed);
        case FLOAT -> PUT_FLOAT.invokeExact(target, offset, (float) boxed);
        case BOOLEAN -> PUT_BOOLEAN.invokeExact(target, offset, (boolean) boxed);
        case BYTE -> PUT_BYTE.invokeExact(target, offset, (byte) boxed);
        case SHORT -> PUT_SHORT.invokeExact(target, offset, (short) boxed);
        case CHAR -> PUT_CHAR.invokeExact(target, offset, (char) boxed);
        case OBJECT -> throw new IllegalStateException("handled above");
      }
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  private static MethodHandle getter(String name, Class<?> type) {
    return bound(name, MethodType.methodType(type, Object.class, long.class));
  }

  private static MethodHandle putter(String name, Class<?> type) {
    return bound(name, MethodType.methodType(void.class, Object.class, long.class, type));
  }

  private static MethodHandle bound(String name, MethodType type) {
    return JdkAccess.unsafe(name, type);
  }
}
