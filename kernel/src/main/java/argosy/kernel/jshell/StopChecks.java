package argosy.kernel.jshell;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The checks that [Weaver] puts into cell classes, at the start of methods and where loops jump
/// back.
///
/// While nobody is to stop, a check is a call of nothing through a constant call site, which the
/// just-in-time compiler removes. A request exchanges the target of the call site for one that asks
/// whether the calling thread is meant.
public final class StopChecks {

  /*
   * Delivery. A thread that is meant gets one StoppedError and then some time for its finally
   * blocks, whose loops contain checks too. If it still runs cell code after that, every check
   * throws, so that even a loop around `catch (Throwable t)` ends: the jump back to its start lies
   * outside its try block.
   */
  private static final long FINALLY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final MethodHandle NOTHING =
      MethodHandles.empty(MethodType.methodType(void.class));
  private static final MethodHandle CHECK = checkHandle();
  private static final MutableCallSite SITE = new MutableCallSite(NOTHING);
  private static final CopyOnWriteArrayList<Request> REQUESTS = new CopyOnWriteArrayList<>();

  private StopChecks() {}

  /// A wish that some threads stop, until it is withdrawn.
  static final class Request {

    private final Predicate<Thread> meant;
    private final Map<Thread, Long> deliveries = new ConcurrentHashMap<>();

    private Request(Predicate<Thread> meant) {
      this.meant = meant;
    }

    private void check(Thread thread) {
      if (!meant.test(thread)) {
        return;
      }
      long now = System.nanoTime();
      Long first = deliveries.putIfAbsent(thread, now);
      if (first == null || now - first > FINALLY_NANOS) {
        throw new StoppedError();
      }
    }

    /// Lets threads pass again. Idempotent.
    void withdraw() {
      synchronized (REQUESTS) {
        if (REQUESTS.remove(this) && REQUESTS.isEmpty()) {
          retarget(NOTHING);
        }
      }
    }
  }

  /// Links a check. Called by the virtual machine.
  public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type) {
    return SITE;
  }

  /// Stops the threads that a condition names, which each thread asks for itself.
  static Request request(Predicate<Thread> meant) {
    Request request = new Request(meant);
    synchronized (REQUESTS) {
      boolean first = REQUESTS.isEmpty();
      REQUESTS.add(request);
      if (first) {
        retarget(CHECK);
      }
    }
    return request;
  }

  private static void retarget(MethodHandle target) {
    SITE.setTarget(target);
    MutableCallSite.syncAll(new MutableCallSite[] {SITE});
  }

  /// What a check calls while someone is to stop.
  static void check() {
    Thread thread = Thread.currentThread();
    for (Request request : REQUESTS) {
      request.check(thread);
    }
  }

  private static MethodHandle checkHandle() {
    try {
      return MethodHandles.lookup()
          .findStatic(StopChecks.class, "check", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("StopChecks.check is missing", e);
    }
  }
}
