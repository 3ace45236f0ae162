package argosy.engine.closure;

import argosy.engine.closure.CellClass.Method;
import argosy.engine.closure.MethodEffects.Call;
import argosy.engine.closure.MethodWrites.Store;
import argosy.engine.closure.MethodWrites.Write;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds which variables a closure's tasks may change, and where, from the bytecode that they can
/// reach.
/*
 * Soundness. What is not understood counts as a change of everything that it could touch: methods of
 * libraries that get objects of the state, calls by reflection, objects that are put into each other.
 * So a variable that is not named here is provably only read. The methods' effects depend on each
 * other; they are computed again until none changes.
 */
final class WriteAnalysis implements OriginFlow.Surroundings {

  /// What the function itself captured, as the origin of objects.
  static final long FUNCTION = MethodWrites.staticAt(0);

  /// More rounds than this mean that the code is too tangled to be understood.
  private static final int MOST_ROUNDS = 30;

  private record Known(CellClass owner, Method method) {}

  private final Cells cells;
  private final Map<Known, MethodModel> code = new LinkedHashMap<>();
  private final Map<Method, List<Known>> byName = new HashMap<>();
  private final Map<Known, MethodWrites> summaries = new HashMap<>();
  private final List<Reach.Static> statics = new ArrayList<>();
  private final Set<Write> found = new LinkedHashSet<>();
  private boolean isTangled;
  private boolean hasStaticsInStatics;

  private WriteAnalysis(Cells cells) {
    this.cells = cells;
  }

  /// {@return what the tasks of a closure may change}
  ///
  /// @param isLambda whether the function is a lambda, the first that was met
  static Writes of(Cells cells, Reach reach, boolean isLambda) {
    WriteAnalysis analysis = new WriteAnalysis(cells);
    reach.followedMethods().forEach(analysis::add);
    if (reach.hasForeignLambdas() || reach.touchesResidents()) {
      return Writes.everything();
    }
    for (int round = 0; analysis.goOver(); round++) {
      if (round == MOST_ROUNDS) {
        return Writes.everything();
      }
    }
    analysis.enter(reach, isLambda);
    return analysis.result();
  }

  private void add(CellClass owner, Set<Method> methods) {
    for (MethodModel method : ClassFile.of().parse(owner.raw()).methods()) {
      Method key = new Method(method.methodName().stringValue(), method.methodType().stringValue());
      if (methods.contains(key)) {
        Known known = new Known(owner, key);
        code.put(known, method);
        byName.computeIfAbsent(key, _ -> new ArrayList<>()).add(known);
      }
    }
  }

  private boolean goOver() {
    boolean isChanged = false;
    boolean before = hasStaticsInStatics;
    for (Map.Entry<Known, MethodModel> each : code.entrySet()) {
      MethodWrites now = OriginFlow.follow(each.getKey().owner(), each.getValue(), this);
      isChanged |= !now.equals(summaries.put(each.getKey(), now));
    }
    return isChanged || before != hasStaticsInStatics;
  }

  // ---- what the methods ask

  @Override
  public long originsOf(CellClass from, String owner, String name) {
    CellClass declaring = cells.declaring(from, owner, name);
    if (declaring == null) {
      return 0; // of the platform or a library: no part of the state
    }
    Reach.Static read = new Reach.Static(declaring.type(), name);
    int index = statics.indexOf(read);
    if (index < 0) {
      index = statics.size();
      statics.add(read);
    }
    return MethodWrites.staticAt(index + 1) | (hasStaticsInStatics ? MethodWrites.UNKNOWN : 0);
  }

  @Override
  public @Nullable MethodWrites called(CellClass from, Call call) {
    CellClass named = cells.get(from.resolve(call.owner()));
    if (named == null) {
      return null;
    }
    MethodWrites all = MethodWrites.NOTHING;
    boolean isFound = false;
    for (Known target :
        byName.getOrDefault(new Method(call.name(), call.descriptor()), List.of())) {
      isFound = true;
      all = all.and(summaries.getOrDefault(target, MethodWrites.NOTHING));
    }
    return isFound ? all : inherited(named, call);
  }

  /// {@return what a method does that a class of a cell inherits from elsewhere}
  private @Nullable MethodWrites inherited(CellClass named, Call call) {
    Class<?> type = named.type();
    if (type.isEnum() && (call.name().equals("values") || call.name().equals("valueOf"))) {
      return new MethodWrites(MethodWrites.UNKNOWN, Set.of(), Set.of());
    }
    for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
      if (cells.get(parent) == null) {
        String owner = parent.getName().replace('.', '/');
        return KnownPurity.of(owner, call.name()) == KnownPurity.Effect.READS
            ? new MethodWrites(MethodWrites.inside(MethodWrites.parameter(0)), Set.of(), Set.of())
            : null;
      }
    }
    return null;
  }

  @Override
  public void putStatic(long value) {
    hasStaticsInStatics |= value != 0;
  }

  // ---- what calls the methods

  private void enter(Reach reach, boolean isLambda) {
    boolean isFirst = true;
    for (Reach.MetLambda lambda : reach.metLambdas()) {
      boolean isFunction = isLambda && isFirst;
      isFirst = false;
      int captured = isFunction ? lambda.capturedCount() : 0;
      enter(
          new Method(lambda.name(), lambda.descriptor()),
          lambda.owner(),
          captured,
          isFunction ? 0 : MethodWrites.UNKNOWN);
    }
    for (Known known : code.keySet()) {
      boolean isEntry =
          known.method().name().equals("<clinit>")
              || (known.owner().instanceMethods().contains(known.method())
                  && !known.method().name().equals("<init>")
                  && isCalledFromElsewhere(known));
      if (isEntry) {
        enter(known.method(), known.owner().type(), 0, MethodWrites.UNKNOWN);
      }
    }
  }

  private void enter(Method method, Class<?> owner, int captured, long others) {
    for (Known known : byName.getOrDefault(method, List.of())) {
      if (known.owner().type() != owner) {
        continue;
      }
      boolean isInstance = known.owner().instanceMethods().contains(method);
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(method.descriptor());
      long[] arguments = new long[type.parameterCount() + (isInstance ? 1 : 0)];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = i < captured ? FUNCTION : others;
      }
      MethodWrites here =
          summaries.getOrDefault(known, MethodWrites.NOTHING).calledWith(arguments, arguments);
      found.addAll(here.writes());
      for (Store store : here.stores()) {
        isTangled |= store.target() != 0 && store.value() != 0;
      }
    }
  }

  /// Whether a class outside of cells knows the method, and so may call it.
  private boolean isCalledFromElsewhere(Known known) {
    Set<Class<?>> seen = new HashSet<>();
    List<Class<?>> types = new ArrayList<>(List.of(known.owner().type()));
    while (!types.isEmpty()) {
      Class<?> type = types.removeLast();
      if (!seen.add(type)) {
        continue;
      }
      if (cells.get(type) == null && declares(type, known.method())) {
        return true;
      }
      if (type.getSuperclass() != null) {
        types.add(type.getSuperclass());
      }
      types.addAll(List.of(type.getInterfaces()));
    }
    return false;
  }

  private static boolean declares(Class<?> type, Method method) {
    for (java.lang.reflect.Method each : type.getDeclaredMethods()) {
      // Whatever its descriptor: a bridge may stand between the two.
      if (each.getName().equals(method.name())) {
        return true;
      }
    }
    return false;
  }

  private Writes result() {
    Map<Reach.Static, List<Write>> ofStatics = new LinkedHashMap<>();
    List<Write> ofFunction = new ArrayList<>();
    List<Write> ofUnknown = new ArrayList<>();
    for (Write write : found) {
      if ((write.origins() & FUNCTION) != 0) {
        ofFunction.add(write);
      }
      if ((write.origins() & MethodWrites.UNKNOWN) != 0) {
        ofUnknown.add(write);
      }
      for (int i = 0; i < statics.size(); i++) {
        long bit = MethodWrites.staticAt(i + 1);
        if (bit != MethodWrites.UNKNOWN && (write.origins() & bit) != 0) {
          ofStatics.computeIfAbsent(statics.get(i), _ -> new ArrayList<>()).add(write);
        }
      }
    }
    return new Writes(isTangled, ofStatics, ofFunction, ofUnknown);
  }
}
