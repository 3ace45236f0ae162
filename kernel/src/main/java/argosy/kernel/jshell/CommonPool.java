package argosy.kernel.jshell;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/// Makes the threads of the common pool, on which parallel streams and `CompletableFuture` run.
///
/// Java's own threads there find only what the process was started with. These find the session's
/// classes and libraries by name, as the cell's own thread does: drivers, services, plugins.
public final class CommonPool implements ForkJoinWorkerThreadFactory {

  private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.threadFactory";

  private static volatile @Nullable ClassLoader loader;

  /// Called by the virtual machine.
  public CommonPool() {}

  /// Has the common pool take its threads from here, unless the user has said otherwise. To be
  /// called before anything uses the pool.
  public static void use() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, CommonPool.class.getName());
    }
  }

  /// Says where the threads that are made from now on find classes.
  static void load(ClassLoader session) {
    loader = session;
  }

  @Override
  public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = new Member(pool);
    ClassLoader session = loader;
    if (session != null) {
      thread.setContextClassLoader(session);
    }
    return thread;
  }

  private static final class Member extends ForkJoinWorkerThread {
    Member(ForkJoinPool pool) {
      super(pool);
    }
  }
}
