package argosy.worker;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// What native code allocates: the JVM's compilers above all, whose library keeps what they have
/// freed.
final class NativeHeap {

  /// Found when it is needed first: that takes some megabytes.
  private static final class Found {
    static final @Nullable MethodHandle TRIM = ForeignFunction.find("malloc_trim", "JAVA_LONG");
  }

  private NativeHeap() {}

  /// Gives the machine back what is free.
  static void trim() {
    MethodHandle trim = Found.TRIM;
    if (trim == null) {
      return; // a library that keeps nothing, or cannot be asked
    }
    try {
      int unused = (int) trim.invokeExact(0L);
    } catch (Throwable e) {
      System.getLogger(NativeHeap.class.getName())
          .log(System.Logger.Level.DEBUG, "free native memory cannot be given back", e);
    }
  }
}
