package argosy.kernel.jshell;

import java.lang.constant.ConstantDescs;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The classes whose static initialiser has thrown. The virtual machine never tries again, so they
/// are of no use until their cell makes them anew, even if it says the same: the file that one
/// wanted to read may be there by now. Confined to whoever holds the [ShellLock].
final class BrokenClasses {

  private final Set<String> names = new HashSet<>();

  /// Takes note of the classes that an exception tells of.
  void note(Throwable thrown) {
    try {
      Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
        if (each instanceof Error) {
          addInitialised(each);
        }
        if (each instanceof ExceptionInInitializerError && each.getCause() != null) {
          addInitialised(each.getCause());
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      // An exception of the user's may fail to tell its cause or its stack trace.
    }
  }

  /// An error has left all initialisers that it passed; anything else ends in the error that it
  /// causes.
  private void addInitialised(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getMethodName().equals(ConstantDescs.CLASS_INIT_NAME)) {
        names.add(frame.getClassName());
      }
    }
  }

  boolean has(String className) {
    return names.contains(className);
  }

  /// {@return those that are nested in a class}
  List<String> in(Class<?> wrapper) {
    return names.stream().filter(name -> name.startsWith(wrapper.getName() + "$")).toList();
  }
}
