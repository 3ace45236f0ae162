package argosy.kernel.jshell;

import argosy.kernel.extension.VariableElsewhereException;
import java.io.IOException;
import java.lang.Enum.EnumDesc;
import java.lang.constant.ClassDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.SwitchBootstraps;
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

  /// Stands in for `ProcessBuilder.start`: a process that inherits its streams prints in the cell.
  public static Process start(ProcessBuilder builder) throws IOException {
    return InheritingProcess.start(builder);
  }

  /// Stands in for `Class.forName`: a class of a cell is found by the name that it has there, too.
  ///
  /// @param caller the class that asks
  public static Class<?> forName(String name, Class<?> caller) throws ClassNotFoundException {
    ClassLoader loader = caller.getClassLoader();
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      ClassLoader cells = loader instanceof PassingLoader ? loader.getParent() : loader;
      Optional<String> ofCell =
          cells instanceof CellLoader home ? home.declared(name) : Optional.empty();
      if (ofCell.isEmpty()) {
        throw e;
      }
      return Class.forName(ofCell.get(), true, cells);
    }
  }

  /// Links a pattern switch whose labels were changed as [SwitchSites] says.
  public static CallSite typeSwitch(
      MethodHandles.Lookup caller, String name, MethodType type, Object... labels) {
    Object[] described = labels.clone();
    for (int i = 0; i < described.length; i++) {
      if (described[i] instanceof String text && text.startsWith(SwitchSites.CONSTANT)) {
        int owner = SwitchSites.CONSTANT.length();
        int constant = text.lastIndexOf(':');
        described[i] =
            EnumDesc.of(
                ClassDesc.of(text.substring(owner, constant)), text.substring(constant + 1));
      }
    }
    return SwitchBootstraps.typeSwitch(caller, name, type, described);
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
