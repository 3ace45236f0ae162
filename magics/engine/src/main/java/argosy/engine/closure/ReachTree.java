package argosy.engine.closure;

import argosy.Explanation.Part;
import argosy.engine.closure.Explainer.Captured;
import argosy.engine.closure.MethodEffects.Call;
import argosy.engine.closure.MethodEffects.StaticField;
import argosy.engine.closure.Reach.Followed;
import argosy.wire.CellBodies;
import argosy.wire.codec.LambdaParts;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a function reaches as a tree: what stands under a method is what its code names. Everything
/// stands where it is met first; lambdas belong to the method around them.
final class ReachTree {

  private final Capture capture;
  private final Map<Origin, Captured> captured;
  private final Set<Object> shown = new HashSet<>();

  ReachTree(Capture capture, UsesReader uses, Map<Origin, Captured> captured) {
    this.capture = capture;
    this.captured = captured;
  }

  Part of(Object function, @Nullable LambdaParts lambda) {
    Map<Object, Part> parts = new LinkedHashMap<>();
    for (Map.Entry<Origin, Captured> each : captured.entrySet()) {
      if (each.getKey() instanceof Origin.Argument) {
        parts.put(each.getKey(), leaf(each.getValue()));
      }
    }
    String title = "an object of " + ShownNames.type(function.getClass());
    if (function instanceof CellBodies cell) {
      title = "the cell";
      cell.classes().forEach(part -> declared(part, parts));
    }
    if (lambda != null) {
      Followed own =
          new Followed(
              lambda.shape().owner(),
              new CellClass.Method(lambda.shape().implementation(), lambda.shape().descriptor()));
      title = title(own);
      if (isLambda(own)) {
        below(own, parts);
      } else {
        method(own, parts);
      }
    }
    for (Followed followed : capture.reach().followed()) {
      method(followed, parts);
    }
    for (CellClass cell : capture.reach().shipped()) {
      type(cell.type(), parts);
    }
    captured.values().stream()
        .filter(each -> shown.add(each.origin()))
        .filter(each -> each.origin() instanceof Origin.Variable)
        .forEach(each -> parts.put(each.origin(), leaf(each)));
    return new Part(title, List.copyOf(parts.values()));
  }

  /// Adds what a part of a cell declares, and then what it does when it runs: under its variable,
  /// if that is what it declares.
  private void declared(Class<?> part, Map<Object, Part> parts) {
    CellClass cell = capture.cells().get(part);
    if (cell == null) {
      return;
    }
    for (Followed followed : List.copyOf(capture.reach().followed())) {
      if (followed.owner() == part && isWritten(followed)) {
        method(followed, parts);
      }
    }
    for (Class<?> nested : part.getDeclaredClasses()) {
      type(nested, parts);
    }
    Map<Object, Part> run = new LinkedHashMap<>();
    CellClass.Body body = cell.body();
    if (body != null) {
      below(cell, body.effects(), run);
    }
    List<String> variables = cell.variables();
    if (variables.size() == 1) {
      variable(cell, variables.getFirst(), parts, List.copyOf(run.values()));
    } else {
      parts.putAll(run);
    }
  }

  private String title(Followed own) {
    if (!isLambda(own)) {
      return "a reference to "
          + ShownNames.method(own.owner(), own.method().name(), own.method().descriptor());
    }
    return "the lambda in " + place(own);
  }

  private static boolean isLambda(Followed followed) {
    return WrittenPlace.isLambda(followed.method());
  }

  /// Whether the user has written a method of a wrapper, and not the compiler or the shell.
  private static boolean isWritten(Followed method) {
    String name = method.method().name();
    return !isLambda(method) && !name.equals("<init>") && !name.startsWith(CellClass.CELL_BODY);
  }

  private String place(Followed method) {
    CellClass owner = capture.cells().get(method.owner());
    if (owner == null) {
      return ShownNames.type(method.owner());
    }
    return WrittenPlace.in(owner, method.method());
  }

  private static Part leaf(Captured value) {
    return new Part(
        "%s: %s, %s"
            .formatted(
                value.name(),
                ShownNames.shortened(value.type().getTypeName()),
                bytes(value.bytes())),
        List.of());
  }

  private static String bytes(long bytes) {
    return bytes == 1 ? "1 byte" : "%,d bytes".formatted(bytes);
  }

  /// Adds what the code of a method names.
  private void below(Followed method, Map<Object, Part> parts) {
    CellClass owner = capture.cells().get(method.owner());
    MethodEffects effects = owner == null ? null : owner.effects(method.method());
    if (owner != null && effects != null && shown.add(method)) {
      below(owner, effects, parts);
    }
  }

  private void below(CellClass owner, MethodEffects effects, Map<Object, Part> parts) {
    for (StaticField read : effects.statics()) {
      CellClass declaring = capture.cells().declaring(owner, read.owner(), read.name());
      if (declaring != null) {
        variable(declaring, read.name(), parts);
      }
    }
    for (Call call : effects.calls()) {
      Followed target = capture.reach().target(owner, call);
      if (target != null) {
        method(target, parts);
      }
    }
    for (String created : effects.created()) {
      Class<?> type = owner.resolve(created);
      if (type != null) {
        type(type, parts);
      }
    }
  }

  private void variable(CellClass declaring, String name, Map<Object, Part> parts) {
    variable(declaring, name, parts, List.of());
  }

  /// @param below what stands under it if it is one that the explained cell declares
  private void variable(
      CellClass declaring, String name, Map<Object, Part> parts, List<Part> below) {
    Origin origin = new Origin.Variable(declaring.type(), name);
    Captured value = captured.get(origin);
    boolean isResident = capture.cells().isResident(declaring);
    if ((value == null && !isResident) || !shown.add(origin)) {
      return;
    }
    parts.put(origin, value != null ? leaf(value) : new Part(elsewhere(declaring, name), below));
  }

  /// A variable without a value here.
  private String elsewhere(CellClass declaring, String name) {
    return "%s: %s, %s"
        .formatted(
            ShownNames.variable(declaring.type(), name),
            ShownNames.shortened(declaring.staticField(name).getGenericType().getTypeName()),
            capture.reach().isPart(declaring.type())
                ? "declared by the cell"
                : "lives on the workers");
  }

  private void method(Followed method, Map<Object, Part> parts) {
    if (shown.contains(method)) {
      return;
    }
    if (!ShownNames.isWrapper(method.owner()) && !isLambda(method)) {
      type(method.owner(), parts);
      return;
    }
    if (!isWritten(method)) {
      below(method, parts);
      return;
    }
    Map<Object, Part> own = new LinkedHashMap<>();
    below(method, own);
    parts.put(
        method,
        new Part(
            ShownNames.method(method.owner(), method.method().name(), method.method().descriptor())
                + ", "
                + place(method),
            List.copyOf(own.values())));
  }

  private void type(Class<?> type, Map<Object, Part> parts) {
    CellClass cell = capture.cells().get(type);
    if (cell == null || ShownNames.isWrapper(type) || !shown.add(type)) {
      return;
    }
    Map<Object, Part> own = new LinkedHashMap<>();
    for (Followed followed : List.copyOf(capture.reach().followed())) {
      if (followed.owner() == type) {
        below(followed, own);
      }
    }
    parts.put(
        type,
        new Part(
            kind(type) + " " + ShownNames.type(type) + ", " + bytes(size(cell)),
            List.copyOf(own.values())));
  }

  private long size(CellClass cell) {
    int index = capture.reach().shipped().indexOf(cell);
    return index < 0 ? cell.raw().length : capture.classes().get(index).bytes().size();
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "annotation";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
  }
}
