package argosy.wire.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Copies and compares primitive arrays and mapped memory bit by bit, as fast as the machine can.
///
/// Bits, not numbers: a negative zero differs from a positive one. The bounds are the caller's.
final class RawMemory {

  /*
   * One copy holds up everybody who waits for a safepoint, so it goes in steps.
   */
  private static final long STEP_BYTES = 16L << 20;

  private static final MethodHandle COPY =
      JdkAccess.unsafe(
          "copyMemory",
          MethodType.methodType(
              void.class, Object.class, long.class, Object.class, long.class, long.class));
  private static final MethodHandle BASE = arrayBase();
  private static final MethodHandle MISMATCH = mismatch();
  private static final MethodHandle ADDRESS = address();

  private RawMemory() {}

  /// Copies elements of an array to mapped memory.
  static void write(Object array, int from, long bytes, ByteBuffer to, int position) {
    move(array, offset(array, from), null, addressOf(to) + position, bytes);
  }

  /// Copies mapped memory to elements of an array.
  static void read(ByteBuffer from, int position, Object array, int to, long bytes) {
    move(null, addressOf(from) + position, array, offset(array, to), bytes);
  }

  /// {@return whether elements of an array are what mapped memory has}
  static boolean isSame(Object array, int from, long bytes, ByteBuffer other, int position) {
    return isSame(array, offset(array, from), null, addressOf(other) + position, bytes);
  }

  /// {@return whether two arrays of one kind have the same bits from an index to another}
  static boolean isSame(Object array, Object other, int from, int to) {
    long bytes = (long) (to - from) * ArrayKind.of(array).elementBytes();
    return isSame(array, offset(array, from), other, offset(other, from), bytes);
  }

  /// Copies bytes from one array to another.
  static void copy(Object from, long fromByte, Object to, long toByte, long bytes) {
    move(from, offset(from, 0) + fromByte, to, offset(to, 0) + toByte, bytes);
  }

  private static void move(
      @Nullable Object from, long fromOffset, @Nullable Object to, long toOffset, long bytes) {
    try {
      boolean unused =
          Shares.run(
              bytes,
              (start, end) -> {
                for (long done = start; done < end; done += STEP_BYTES) {
                  COPY.invokeExact(
                      from,
                      fromOffset + done,
                      to,
                      toOffset + done,
                      Math.min(STEP_BYTES, end - done));
                }
                return true;
              });
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static boolean isSame(
      @Nullable Object one, long oneOffset, @Nullable Object other, long otherOffset, long bytes) {
    try {
      return Shares.run(
          bytes, (start, end) -> isSame(one, oneOffset, other, otherOffset, start, end));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static boolean isSame(
      @Nullable Object one,
      long oneOffset,
      @Nullable Object other,
      long otherOffset,
      long start,
      long end)
      throws Throwable {
    for (long done = start; done < end; done += STEP_BYTES) {
      int count = (int) Math.min(STEP_BYTES, end - done);
      // Below eight bytes it compares nothing: it says how many it left.
      int left = count;
      long at = done;
      while (left >= Long.BYTES) {
        int found =
            (int) MISMATCH.invokeExact(one, oneOffset + at, other, otherOffset + at, left, 0);
        if (found >= 0) {
          return false;
        }
        at += left - ~found;
        left = ~found;
      }
      for (; left > 0; left--, at++) {
        if (byteAt(one, oneOffset + at) != byteAt(other, otherOffset + at)) {
          return false;
        }
      }
    }
    return true;
  }

  private static final MethodHandle GET_BYTE =
      JdkAccess.unsafe("getByte", MethodType.methodType(byte.class, Object.class, long.class));

  private static byte byteAt(@Nullable Object base, long offset) throws Throwable {
    return (byte) GET_BYTE.invokeExact(base, offset);
  }

  private static long offset(Object array, int index) {
    try {
      return (long) BASE.invokeExact((Class<?>) array.getClass())
          + (long) index * ArrayKind.of(array).elementBytes();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static long addressOf(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("not mapped memory");
    }
    try {
      return (long) ADDRESS.invokeExact((Buffer) direct);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Java 17 counts it as an `int`, Java 25 as a `long`.
  private static MethodHandle arrayBase() {
    MethodType wanted = MethodType.methodType(long.class, Class.class);
    try {
      return JdkAccess.unsafe("arrayBaseOffset", wanted);
    } catch (IllegalStateException e) {
      return JdkAccess.unsafe("arrayBaseOffset", wanted.changeReturnType(int.class)).asType(wanted);
    }
  }

  private static MethodHandle mismatch() {
    try {
      return JdkAccess.LOOKUP.findStatic(
          Class.forName("jdk.internal.util.ArraysSupport"),
          "vectorizedMismatch",
          MethodType.methodType(
              int.class, Object.class, long.class, Object.class, long.class, int.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows: " + e, e);
    }
  }

  private static MethodHandle address() {
    try {
      return JdkAccess.LOOKUP.findGetter(Buffer.class, "address", long.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows: " + e, e);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException known) {
      throw known;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }
}
