package io.github.spencerpark.ijava;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What every cell can call by its simple name, because IJava's documentation says so: magics as
/// methods.
public final class Functions {

  private Functions() {}

  /// Runs a line magic.
  ///
  /// @param <T> what the caller expects it to return
  /// @param name without `%`
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> @Nullable T lineMagic(String name, List<String> arguments) {
    return (T) run("%" + name + " " + written(arguments), "%" + name);
  }

  /// Runs a cell magic.
  ///
  /// @param <T> what the caller expects it to return
  /// @param name without `%`
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> @Nullable T cellMagic(String name, List<String> arguments, String body) {
    return (T) run("%%" + name + " " + written(arguments) + "\n" + body, "%%" + name);
  }

  /// {@return the value of code that runs as the running cell's does, or null}
  public static @Nullable Object eval(String code) {
    return run(code, "eval");
  }

  /// {@return the kernel that runs the notebook}
  public static JavaKernel getKernelInstance() {
    return IJava.getKernelInstance();
  }

  private static String written(List<String> arguments) {
    return arguments.stream().map(Functions::quoted).collect(Collectors.joining(" "));
  }

  /// In single quotes, where a backslash is itself; a single quote goes into double ones.
  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\"'\"'") + "'";
  }

  private static @Nullable Object run(String code, String source) {
    try {
      return IJava.getKernelInstance().evaluate(code, source);
    } catch (Exception e) {
      throw Functions.<RuntimeException>unchecked(e);
    }
  }

  /// IJava's methods declare no exception, and a magic's own should arrive as it is.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }
}
