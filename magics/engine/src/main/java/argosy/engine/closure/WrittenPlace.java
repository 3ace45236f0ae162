package argosy.engine.closure;

import argosy.engine.host.Host;
import argosy.wire.AdaptedFunction;
import argosy.wire.CellBodies;
import argosy.wire.ResidentFunction;
import argosy.wire.codec.LambdaParts;
import argosy.wire.codec.UnshippableException;
import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.LineNumber;
import java.lang.ref.WeakReference;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Where a function is written, to be called so when it is long gone: keeps neither the function
/// nor its class alive.
public final class WrittenPlace {

  private static final String LAMBDA = "lambda$";

  /// What it is called if there is nothing better.
  private final String name;

  private final WeakReference<Class<?>> owner;
  private final CellClass.@Nullable Method method;

  private WrittenPlace(String name, Class<?> owner, CellClass.@Nullable Method method) {
    this.name = name;
    this.owner = new WeakReference<>(owner);
    this.method = method;
  }

  /// {@return the place of a function of any kind}
  public static WrittenPlace of(Object function) {
    if (function instanceof ResidentFunction<?> resident) {
      return new WrittenPlace(nameOf(resident), function.getClass(), null);
    }
    Object written =
        function instanceof AdaptedFunction<?, ?> adapted ? adapted.written() : function;
    Class<?> type = written.getClass();
    try {
      LambdaParts lambda = LambdaParts.of(written);
      if (lambda != null) {
        CellClass.Method method =
            new CellClass.Method(lambda.shape().implementation(), lambda.shape().descriptor());
        Class<?> owner = lambda.shape().owner();
        return new WrittenPlace(nameOf(owner, method), owner, method);
      }
    } catch (UnshippableException e) {
      // Whoever ships it is told; here its class will do.
    }
    return new WrittenPlace(ShownNames.type(type), type, null);
  }

  /// {@return what the user would call a function that works with what lives on workers}
  public static String nameOf(ResidentFunction<?> function) {
    return switch (function) {
      case ResidentFunction.Make _ -> "new actor";
      case ResidentFunction.Call<?, ?> _, ResidentFunction.Act<?> _ -> "actor call";
      case ResidentFunction.Give _ -> "broadcast";
      case ResidentFunction.Drop _ -> "drop";
      case CellBodies _ -> "%%px";
    };
  }

  private static String nameOf(Class<?> owner, CellClass.Method method) {
    return isLambda(method)
        ? "a lambda of " + ShownNames.type(owner)
        : ShownNames.method(owner, method.name(), method.descriptor());
  }

  static boolean isLambda(CellClass.Method method) {
    return method.name().startsWith(LAMBDA);
  }

  /// {@return what the user calls it: `Cell [3], line 2` for a lambda there, `distance(City)` for a
  /// method}
  public String shown(Host host) {
    Class<?> type = owner.get();
    if (type == null || method == null || !isLambda(method)) {
      return name;
    }
    return host.classBytes(type).map(raw -> in(CellClass.of(type, raw), method)).orElse(name);
  }

  /// {@return where a method of a cell's class begins, such as `Cell [3], line 2`}
  static String in(CellClass owner, CellClass.Method method) {
    int line =
        owner.model().methods().stream()
            .filter(each ->
                each.methodName().equalsString(method.name())
                    && each.methodType().equalsString(method.descriptor()))
            .flatMap(each -> each.findAttribute(Attributes.code()).stream())
            .mapToInt(WrittenPlace::firstLine)
            .findFirst()
            .orElse(0);
    return UsesReader.source(owner.model()) + (line == 0 ? "" : ", line " + line);
  }

  private static int firstLine(Iterable<CodeElement> code) {
    return StreamSupport.stream(code.spliterator(), false)
        .filter(LineNumber.class::isInstance)
        .mapToInt(element -> ((LineNumber) element).line())
        .findFirst()
        .orElse(0);
  }
}
