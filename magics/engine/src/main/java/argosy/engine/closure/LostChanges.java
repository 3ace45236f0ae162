package argosy.engine.closure;

import argosy.engine.closure.CellClass.Method;
import argosy.engine.closure.MethodUses.Writing;
import argosy.wire.codec.LambdaParts;
import argosy.wire.codec.LambdaShape;
import java.lang.invoke.MethodHandleInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Finds what a function only changes, such as a total or a list that it adds to, which nobody will
/// see: each task changes a copy of its own, and the notebook's stays as it is.
///
/// What tasks also read is not told of: it may be there for the task itself, as a buffer or a cache
/// is; but a generator of random numbers is, because every task starts from the same state. Neither
/// is what is changed by way of a local, or by a library.
public final class LostChanges {

  private final Capture capture;
  private final LambdaParts lambda;
  private final UsesReader uses;
  private final Map<Origin, String> names = new LinkedHashMap<>();
  private final Map<Origin, Writing> found = new LinkedHashMap<>();

  private LostChanges(Capture capture, LambdaParts lambda) {
    this.capture = capture;
    this.lambda = lambda;
    uses = new UsesReader(capture.cells(), capture.reach());
  }

  /// {@return lines about all of them; empty if there are none, or if the function is no lambda}
  ///
  /// @param function as the user wrote it
  public static String of(Capture capture, Object function) {
    LambdaParts lambda = LambdaParts.of(function);
    return lambda == null ? "" : new LostChanges(capture, lambda).text();
  }

  private String text() {
    LambdaShape shape = lambda.shape();
    Method method = new Method(shape.implementation(), shape.descriptor());
    MethodUses own = uses.of(new Reach.Followed(shape.owner(), method));
    List<Reach.Followed> called = List.copyOf(uses.all().keySet());
    // What else may run, because the library calls it, may need what these change.
    for (Reach.Followed followed : capture.reach().followed()) {
      MethodUses _ = uses.of(followed);
    }
    uses.settle();
    ofCaptured(own);
    called.forEach(each -> ofVariables(uses.of(each)));
    List<String> changed = new ArrayList<>();
    List<String> drawn = new ArrayList<>();
    found.forEach((origin, writing) -> {
      String place = writing.place().isEmpty() ? "" : ", " + writing.place();
      String text = "%s (%s%s)".formatted(names.get(origin), writing.how(), place);
      (isRandom(origin) ? drawn : changed).add(text);
    });
    return said(changed, drawn);
  }

  private static String said(List<String> changed, List<String> drawn) {
    String text = "";
    if (!changed.isEmpty()) {
      text =
          "Tasks change %s each in a copy of their own; the notebook's stays as it is. Let them"
                  .formatted(String.join(" and ", changed))
              + " return what they find, or change what all see: Shared, or anything with --backend threads\n";
    }
    if (!drawn.isEmpty()) {
      text +=
          "Each task draws the same numbers from its copy of %s; Parallel.random() gives each its own\n"
              .formatted(String.join(" and ", drawn));
    }
    return text;
  }

  private void ofCaptured(MethodUses own) {
    LambdaShape shape = lambda.shape();
    String method = shape.implementation();
    String owner = shape.owner().getName().replace('.', '/');
    boolean isStatic = shape.kind() == MethodHandleInfo.REF_invokeStatic;
    if (capture.cells().get(shape.owner()) == null
        && lambda.captured().size() == 1
        && PlatformCalls.fate(owner, method, isStatic, 0) == Watches.Fate.CHANGED) {
      add(new Writing(new Origin.Argument(0), method + "(...)", "", true), "the object");
    }
    for (Writing writing : own.writings()) {
      if (writing.origin() instanceof Origin.Argument(int index)
          && index < lambda.captured().size()
          && isInVain(writing, List.of(own))) {
        boolean isReceiver = index == 0 && !isStatic;
        add(
            writing,
            isReceiver ? "the enclosing object" : "captured " + capture.nameOf(shape, index));
      }
    }
  }

  private void ofVariables(MethodUses method) {
    for (Writing writing : method.writings()) {
      if (writing.origin() instanceof Origin.Variable(Class<?> owner, String name)
          && !isResident(owner)
          && isInVain(writing, uses.all().values())) {
        add(writing, ShownNames.variable(owner, name));
      }
    }
  }

  /// Whether nobody needs a change; or it is that of a generator, whose numbers are needed, but the
  /// same for all tasks if none of them gives it a seed.
  private boolean isInVain(Writing writing, Collection<MethodUses> methods) {
    Origin origin = writing.origin();
    return isRandom(origin)
        ? writing.how().startsWith("next")
            && methods.stream()
                .flatMap(method -> method.writings().stream())
                .noneMatch(any -> any.origin().equals(origin) && any.how().startsWith("setSeed"))
        : methods.stream().noneMatch(method -> method.isNeeded(origin));
  }

  private void add(Writing writing, String name) {
    if (writing.isCertain()) {
      names.put(writing.origin(), name);
      found.putIfAbsent(writing.origin(), writing);
    }
  }

  private boolean isResident(Class<?> owner) {
    CellClass cell = capture.cells().get(owner);
    return cell != null && capture.cells().isResident(cell);
  }

  private boolean isRandom(Origin origin) {
    return switch (origin) {
      case Origin.Argument(int index) -> lambda.captured().get(index) instanceof RandomGenerator;
      case Origin.Variable(Class<?> owner, String name) ->
          capture.items().stream()
              .anyMatch(item ->
                  item instanceof Item.Variable variable
                      && variable.owner() == owner
                      && variable.name().equals(name)
                      && variable.value() instanceof RandomGenerator);
    };
  }
}
