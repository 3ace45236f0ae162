package argosy.worker;

import argosy.wire.memory.JdkAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// Takes the machine's memory away from under an array of zeros, which stays one: its pages are
/// found anew when somebody touches them.
/*
 * Safety. The array's address is taken by a foreign call during which the garbage collector cannot
 * move it, and only whole pages between its first and its last element are given back. They read as
 * zeros afterwards, as they did before. So nothing that the JVM knows of has changed, wherever the
 * array lies and whichever collector looks after it.
 */
final class ZeroPages {

  /// The system rounds up to whole pages, so this has to be right.
  static final int PAGE_BYTES = pageBytes();

  private static final int DO_NOT_NEED = 4;

  /// Everything is a multiple of this in the heap.
  private static final int ALIGNMENT = 8;

  /// The call, and what makes a part of an array an argument of it.
  private record Calls(MethodHandle advise, MethodHandle part) {}

  /// Found when they are needed first: that takes some megabytes.
  private static final class Found {
    static final @Nullable Calls CALLS = find();
  }

  private ZeroPages() {}

  /// Gives back what it can of the memory of an array that has only zeros.
  ///
  /// @return whether it could; if not, nothing has changed
  static boolean release(long[] zeros) {
    Calls calls = Found.CALLS;
    long bytes = ((long) zeros.length * Long.BYTES / PAGE_BYTES - 1) * PAGE_BYTES;
    if (calls == null || bytes <= 0) {
      return false;
    }
    try {
      // Only the system knows where a page begins, and it refuses what begins elsewhere.
      for (long from = 0; from < PAGE_BYTES; from += ALIGNMENT) {
        Object part = calls.part().invokeExact(zeros, from, bytes);
        if ((int) calls.advise().invokeExact(part, bytes, DO_NOT_NEED) == 0) {
          return true;
        }
      }
    } catch (Throwable e) {
      System.getLogger(ZeroPages.class.getName())
          .log(System.Logger.Level.DEBUG, "free memory cannot be given back", e);
    }
    return false;
  }

  private static int pageBytes() {
    try {
      return (int) JdkAccess.unsafe("pageSize", MethodType.methodType(int.class)).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("this Java is not one that Argosy knows: " + e, e);
    }
  }

  private static @Nullable Calls find() {
    MethodHandle advise = ForeignFunction.find("madvise", "ADDRESS", "JAVA_LONG", "JAVA_INT");
    if (advise == null) {
      return null;
    }
    try {
      Class<?> segment = ForeignFunction.segmentType();
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle ofArray =
          lookup.findStatic(segment, "ofArray", MethodType.methodType(segment, long[].class));
      MethodHandle slice =
          lookup.findVirtual(
              segment, "asSlice", MethodType.methodType(segment, long.class, long.class));
      MethodHandle part = MethodHandles.filterArguments(slice, 0, ofArray);
      return new Calls(
          advise.asType(MethodType.methodType(int.class, Object.class, long.class, int.class)),
          part.asType(MethodType.methodType(Object.class, long[].class, long.class, long.class)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows: " + e, e);
    }
  }
}
