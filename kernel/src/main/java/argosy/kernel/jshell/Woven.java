package argosy.kernel.jshell;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/// What [Weaver] makes cell classes call.
@SuppressWarnings("DoNotCallSuggester") // only generated code calls
public final class Woven {

  private static final Set<Class<?>> INITIALIZED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private Woven() {}

  /// Stands in for `System.exit`.
  public static void exit(int status) {
    throw new ExitError(status);
  }

  /// Stands in for `Runtime.exit` and `Runtime.halt`.
  public static void exit(Runtime runtime, int status) {
    throw new ExitError(status);
  }

  /// Remembers that the static initialiser of a class has started.
  public static void initializing(Class<?> type) {
    INITIALIZED.add(type);
  }

  static boolean isInitialized(Class<?> type) {
    return INITIALIZED.contains(type);
  }
}
