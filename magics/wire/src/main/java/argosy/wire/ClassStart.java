package argosy.wire;

/// Tells a worker that a static initializer ran there which is to run again for the next task.
///
/// Shipped static initializers call [#ran] first. A class that the notebook had initialized comes
/// without one; its statics come with the closure.
public final class ClassStart {

  private ClassStart() {}

  /// A loader whose classes are to be loaded anew once one of them has initialized itself.
  public interface Listener {

    /// Says that the static initializer of one of this loader's classes is running.
    void started(Class<?> type);
  }

  /// Called by the static initializer of `type` before its own code.
  public static void ran(Class<?> type) {
    if (type.getClassLoader() instanceof Listener listener) {
      listener.started(type);
    }
  }
}
