package argosy.kernel.jshell;

import argosy.kernel.extension.VariableElsewhereException;
import java.util.Collections;
import java.util.Optional;
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

  /// Guards the access to a variable whose wrapper's bodies ran elsewhere.
  ///
  /// @throws VariableElsewhereException if it has no value here
  public static void accessing(Class<?> wrapper, String variable) {
    if (wrapper.getClassLoader() instanceof CellLoader loader) {
      Optional<String> absence = loader.elsewhere().absence(wrapper.getName());
      if (absence.isPresent()) {
        throw new VariableElsewhereException(
            variable + " " + absence.get().replace("{}", variable));
      }
    }
  }

  static boolean isInitialized(Class<?> type) {
    return INITIALIZED.contains(type);
  }
}
