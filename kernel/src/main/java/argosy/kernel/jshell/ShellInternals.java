package argosy.kernel.jshell;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/// What JShell knows and does not tell: which line of which snippet a line of a class comes from,
/// at the moment when the class is loaded, which number the next snippet gets, and which of its
/// classes are loaded.
final class ShellInternals {

  private static final String ADVICE =
      "start Java with --add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED";

  private final MethodHandle outerMap;
  private final MethodHandle outerOf;
  private final MethodHandle lineOf;
  private final MethodHandle snippetOf;
  private final VarHandle nextNumber;
  private final MethodHandle classes;
  private final MethodHandle classOf;
  private final MethodHandle setLoaded;

  ShellInternals() {
    try {
      MethodHandles.Lookup inside =
          MethodHandles.privateLookupIn(JShell.class, MethodHandles.lookup());
      Class<?> map = inside.findClass("jdk.jshell.OuterWrapMap");
      Class<?> outer = inside.findClass("jdk.jshell.OuterSnippetsClassWrap");
      outerMap = erase(inside.findGetter(JShell.class, "outerMap", map));
      outerOf =
          erase(inside.findVirtual(map, "getOuter", MethodType.methodType(outer, String.class)));
      lineOf =
          erase(
              inside.findVirtual(
                  outer, "wrapLineToSnippetLine", MethodType.methodType(int.class, int.class)));
      snippetOf =
          erase(
              inside.findVirtual(
                  outer, "wrapLineToSnippet", MethodType.methodType(Snippet.class, int.class)));
      Class<?> tracker = inside.findClass("jdk.jshell.ClassTracker");
      Class<?> tracked = inside.findClass("jdk.jshell.ClassTracker$ClassInfo");
      classes = erase(inside.findGetter(JShell.class, "classTracker", tracker));
      classOf =
          erase(inside.findVirtual(tracker, "get", MethodType.methodType(tracked, String.class)));
      setLoaded =
          erase(
              inside.findVirtual(
                  tracked, "setLoadedBytes", MethodType.methodType(void.class, byte[].class)));
      nextNumber = inside.findVarHandle(JShell.class, "nextKeyIndex", int.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("JShell is closed to the kernel; " + ADVICE, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this JShell is not the one of Java 25 that the kernel knows; run it on JDK 25", e);
    }
  }

  private static MethodHandle erase(MethodHandle handle) {
    return handle.asType(handle.type().generic());
  }

  /// Where one wrapper class comes from.
  final class Wrapper {

    private final Object outer;

    private Wrapper(Object outer) {
      this.outer = outer;
    }

    /// {@return the line of the snippet, counted from 1}
    ///
    /// @param line the line of the wrapper class, counted from 1
    int snippetLine(int line) {
      return (Integer) call(lineOf, outer, line - 1) + 1;
    }

    /// {@return the snippet of a line; nothing for lines that the shell wrote itself}
    Optional<Snippet> snippet(int line) {
      return Optional.ofNullable((Snippet) call(snippetOf, outer, line - 1));
    }
  }

  /// {@return the wrapper of a class, or of the class around it}
  Optional<Wrapper> wrapper(JShell shell, String className) {
    Object outer = call(outerOf, call(outerMap, shell), className);
    return outer == null ? Optional.empty() : Optional.of(new Wrapper(outer));
  }

  /// Makes a shell redefine a class when it compiles it again, even if nothing of it has changed.
  void outdate(JShell shell, String className) {
    call(setLoaded, call(classOf, call(classes, shell), className), new byte[0]);
  }

  /// Makes a shell number its snippets as another one would go on.
  void continueNumbers(JShell original, JShell copy) {
    nextNumber.set(copy, (int) nextNumber.get(original));
  }

  /// {@return what a method of the shell returns; what it throws is thrown}
  static Object call(MethodHandle handle, Object... arguments) {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
