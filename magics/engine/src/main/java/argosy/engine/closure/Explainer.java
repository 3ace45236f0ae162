package argosy.engine.closure;

import argosy.Explanation;
import argosy.Explanation.ShippedClass;
import argosy.Explanation.Variable;
import argosy.Explanation.Write;
import argosy.engine.host.Host;
import argosy.engine.memory.ValueStore;
import argosy.wire.AdaptedFunction;
import argosy.wire.CellBodies;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.LambdaParts;
import argosy.wire.codec.LambdaShape;
import java.lang.invoke.MethodHandleInfo;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what a capture has found, in words that the notebook's user knows.
public final class Explainer {

  /// Something captured, with what the code does with it.
  ///
  /// @param name as people call it
  /// @param type its declared type
  /// @param origin what the code calls it
  record Captured(String name, Type type, @Nullable Object value, long bytes, Origin origin) {}

  private final Host host;
  private final Capture capture;
  private final Object function;
  private final @Nullable LambdaParts lambda;
  private final UsesReader uses;
  private final Map<Origin, Captured> captured = new LinkedHashMap<>();

  private Explainer(Host host, Capture capture, Object function) {
    this.host = host;
    this.capture = capture;
    this.function = function;
    lambda = LambdaParts.of(function);
    uses = new UsesReader(capture.cells(), capture.reach());
  }

  /// {@return what ships with a function}
  ///
  /// @param function an [argosy.wire.TaskFunction], or any object; a cell that may not have run is
  ///   explained with all that it declares
  /// @param store gets the large values
  /// @param knowledge what the workers have already
  /// @throws argosy.NotShippableException if it reaches something that cannot leave this process
  public static Explanation explain(
      Host host, Object function, ValueStore store, Knowledge knowledge) {
    Capture capture =
        function instanceof CellBodies cell
            ? Capture.ofDeclarations(host, cell, store)
            : Capture.of(host, function, store);
    Object written =
        function instanceof AdaptedFunction<?, ?> adapted ? adapted.written() : function;
    return new Explainer(host, capture, written).explain(knowledge);
  }

  private Explanation explain(Knowledge knowledge) {
    ClosureDefinition closure = capture.closure();
    collect();
    MethodUses own = ownUses();
    List<Write> writes = writes(own);
    List<String> hints = new ArrayList<>();
    for (String name : capture.residentVariables()) {
      hints.add(
          "variable "
              + name
              + " lives on the workers: tasks use it there, and its value does not ship");
    }
    if (function instanceof CellBodies cell && declaresVariables(cell)) {
      hints.add("the variables that the cell declares have values when it has run, not before");
    }
    hints.addAll(new Hints(own, uses, capture.reach()).about(captured.values(), writes));
    return new Explanation(
        new ReachTree(capture, uses, captured).of(function, lambda),
        captured.values().stream()
            .map(each ->
                new Variable(
                    each.name(), ShownNames.shortened(each.type().getTypeName()), each.bytes()))
            .toList(),
        classes(knowledge),
        host.classPath().stream().map(path -> String.valueOf(path.getFileName())).toList(),
        writes,
        hints,
        closure.state().size(),
        knowledge.workers(),
        knowledge.withClosure(closure.id()));
  }

  private void collect() {
    if (lambda != null) {
      LambdaShape shape = lambda.shape();
      for (int i = 0; i < lambda.captured().size(); i++) {
        Object value = lambda.captured().get(i);
        String name = capture.nameOf(shape, i);
        boolean isReceiver = i == 0 && shape.kind() != MethodHandleInfo.REF_invokeStatic;
        Type type = value == null ? Object.class : value.getClass();
        put(
            isReceiver ? "enclosing object" : "captured " + name,
            type,
            value,
            new Origin.Argument(i));
      }
    }
    for (Item item : capture.items()) {
      if (item instanceof Item.Variable variable) {
        put(
            ShownNames.variable(variable.owner(), variable.name()),
            declaredType(variable),
            variable.value(),
            new Origin.Variable(variable.owner(), variable.name()));
      }
    }
  }

  private Type declaredType(Item.Variable variable) {
    CellClass owner = capture.cells().get(variable.owner());
    return owner == null ? Object.class : owner.staticField(variable.name()).getGenericType();
  }

  private void put(String name, Type type, @Nullable Object value, Origin origin) {
    Measure measure = new Measure();
    GraphWriter writer = new GraphWriter(capture.table(), measure);
    writer.write(value);
    long bytes = writer.size() + measure.bytes();
    captured.put(origin, new Captured(name, type, value, bytes, origin));
  }

  /// What the function's own code does; what it does with its captured values comes first among its
  /// arguments.
  private MethodUses ownUses() {
    if (lambda == null) {
      return MethodUses.NONE;
    }
    LambdaShape shape = lambda.shape();
    return uses.of(
        new Reach.Followed(
            shape.owner(), new CellClass.Method(shape.implementation(), shape.descriptor())));
  }

  private boolean declaresVariables(CellBodies cell) {
    return cell.classes().stream()
        .map(capture.cells()::get)
        .anyMatch(part -> part != null && !part.variables().isEmpty());
  }

  private List<Write> writes(MethodUses own) {
    Set<MethodUses.Writing> all = new LinkedHashSet<>(own.writings());
    if (function instanceof CellBodies cell) {
      for (Class<?> part : cell.classes()) {
        all.addAll(uses.of(new Reach.Followed(part, CellClass.RUN)).writings());
      }
    }
    for (Reach.Followed followed : capture.reach().followed()) {
      uses.of(followed).writings().stream()
          .filter(writing -> writing.origin() instanceof Origin.Variable)
          .forEach(all::add);
    }
    List<Write> writes = new ArrayList<>();
    for (MethodUses.Writing writing : all) {
      if (isResident(writing.origin())) {
        continue;
      }
      Captured target = captured.get(writing.origin());
      String name = target == null ? assignedOnly(writing.origin()) : target.name();
      if (name != null) {
        writes.add(new Write(name, writing.how(), writing.place()));
      }
    }
    return writes.stream().distinct().toList();
  }

  /// What lives on the workers is there to be changed.
  private boolean isResident(Origin origin) {
    CellClass owner =
        origin instanceof Origin.Variable variable ? capture.cells().get(variable.owner()) : null;
    return owner != null && capture.cells().isResident(owner);
  }

  /// A variable that tasks set and never read is not captured, but written all the same.
  private static @Nullable String assignedOnly(Origin origin) {
    return origin instanceof Origin.Variable(Class<?> owner, String name)
        ? ShownNames.variable(owner, name)
        : null;
  }

  private List<ShippedClass> classes(Knowledge knowledge) {
    List<ClassDefinition> definitions = capture.classes();
    List<CellClass> shipped = capture.reach().shipped();
    List<ShippedClass> classes = new ArrayList<>();
    for (int i = 0; i < definitions.size(); i++) {
      ClassDefinition definition = definitions.get(i);
      String name =
          i < shipped.size() ? shown(shipped.get(i)) : ShownNames.shortened(definition.name());
      classes.add(
          new ShippedClass(name, definition.bytes().size(), knowledge.withClass(definition.id())));
    }
    return classes;
  }

  private static String shown(CellClass cell) {
    return ShownNames.isWrapper(cell.type())
        ? "what " + UsesReader.source(cell.model()) + " declares"
        : ShownNames.type(cell.type());
  }
}
