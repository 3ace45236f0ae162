package argosy.worker;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds functions of the system's library.
/*
 * Reflection. Foreign calls came with Java 22, and this module is for Java 17, too: there, nothing is
 * found.
 */
final class ForeignFunction {

  private static final String PACKAGE = "java.lang.foreign.";

  private ForeignFunction() {}

  /// {@return a function that returns an `int`, or null if this Java or this system has none}
  ///
  /// @param arguments the names of their layouts in `ValueLayout`
  static @Nullable MethodHandle find(String name, String... arguments) {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return null; // the numbers that the callers pass are Linux's
    }
    try {
      Class<?> linkerType = Class.forName(PACKAGE + "Linker");
      Object linker = linkerType.getMethod("nativeLinker").invoke(null);
      Object known = linkerType.getMethod("defaultLookup").invoke(linker);
      Optional<?> address =
          (Optional<?>)
              Class.forName(PACKAGE + "SymbolLookup")
                  .getMethod("find", String.class)
                  .invoke(known, name);
      Class<?> descriptor = Class.forName(PACKAGE + "FunctionDescriptor");
      Class<?> option = Class.forName(PACKAGE + "Linker$Option");
      // The collector has to wait, and heap memory may be passed.
      Object options = Array.newInstance(option, 1);
      Array.set(options, 0, option.getMethod("critical", boolean.class).invoke(null, true));
      return address.isEmpty()
          ? null
          : (MethodHandle)
              linkerType
                  .getMethod("downcallHandle", segmentType(), descriptor, options.getClass())
                  .invoke(linker, address.get(), described(descriptor, arguments), options);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null; // an older Java
    }
  }

  /// {@return the class of what is passed as an address}
  static Class<?> segmentType() throws ClassNotFoundException {
    return Class.forName(PACKAGE + "MemorySegment");
  }

  private static Object described(Class<?> descriptor, String... arguments)
      throws ReflectiveOperationException {
    Class<?> layout = Class.forName(PACKAGE + "MemoryLayout");
    Class<?> layouts = Class.forName(PACKAGE + "ValueLayout");
    Object all = Array.newInstance(layout, arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      Array.set(all, i, layouts.getField(arguments[i]).get(null));
    }
    Object result = layouts.getField("JAVA_INT").get(null);
    return descriptor.getMethod("of", layout, all.getClass()).invoke(null, result, all);
  }
}
