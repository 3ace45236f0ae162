package argosy.wire;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// Where shipped code can be stopped: every method entry and every backward jump calls here.
///
/// While nobody is to be stopped the call is empty and the JIT removes it. To stop a thread flips
/// all call sites at once, and the chosen thread throws [Stopped] at the next one that it meets.
public final class StopPoint {

  /// The method of a shipped class that calls here for all others of the class.
  public static final String METHOD = "$argosy$stop";

  private static final MethodType EMPTY = MethodType.methodType(void.class);
  private static final MethodHandle PASS = MethodHandles.empty(EMPTY);
  private static final MethodHandle CHECK = check();
  private static final MutableCallSite SITE = new MutableCallSite(PASS);

  private static volatile @Nullable Thread stopping;

  private StopPoint() {}

  /// Links a stop point of shipped code.
  ///
  /// @param lookup the class that has it
  /// @param name not looked at
  /// @param type `()void`
  public static CallSite bootstrap(MethodHandles.Lookup lookup, String name, MethodType type) {
    return new ConstantCallSite(SITE.dynamicInvoker());
  }

  /// Makes a thread throw [Stopped] at its next stop point, again and again until [#clear].
  public static synchronized void stop(Thread thread) {
    stopping = thread;
    SITE.setTarget(CHECK);
    MutableCallSite.syncAll(new MutableCallSite[] {SITE});
  }

  /// Lets every thread pass again.
  public static synchronized void clear() {
    if (stopping != null) {
      stopping = null;
      SITE.setTarget(PASS);
    }
  }

  @SuppressWarnings({"UnusedMethod", "ReferenceEquality"}) // found by name; a thread is itself
  private static void throwIfStopping() {
    if (Thread.currentThread() == stopping) {
      throw new Stopped();
    }
  }

  private static MethodHandle check() {
    try {
      return MethodHandles.lookup().findStatic(StopPoint.class, "throwIfStopping", EMPTY);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("throwIfStopping is a method of this class", e);
    }
  }

  /// Ends the code of a task that is to stop. Not an exception that a task's own code would catch.
  public static final class Stopped extends Error {

    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the task was stopped", null, false, false);
    }
  }
}
