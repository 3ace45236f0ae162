package argosy.engine.closure;

import argosy.engine.closure.CellClass.Method;
import argosy.engine.closure.MethodEffects.Call;
import argosy.engine.closure.MethodEffects.StaticField;
import argosy.wire.codec.UnshippableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows bytecode from what a function is made of to everything that it may reach.
/*
 * Precision. Static methods are followed one by one, so that a cell's wrapper class, which has a
 * method for each of the cell's, brings in only those that are called. A class that is instantiated
 * or held by a captured value is followed with all its instance methods: which of them is called
 * depends on values. Either way only statics that followed code reads are captured.
 *
 * Residents. A variable that lives on the workers is linked to, not captured. What it holds is known
 * there only, so the code that its declaration leaves behind is followed: a lambda in it may read the
 * notebook's variables.
 */
final class Reach {

  /// A static whose value the function may read.
  record Static(Class<?> owner, String name) {}

  /// A lambda that the state holds.
  ///
  /// @param capturedCount how many values it captures, which are its method's first arguments
  record MetLambda(Class<?> owner, String name, String descriptor, int capturedCount) {}

  /// A method that the function may run.
  record Followed(Class<?> owner, Method method) {}

  private record Pending(CellClass owner, MethodEffects effects) {}

  private final Cells cells;
  private final Map<Class<?>, Integer> shipped = new HashMap<>();
  private final Deque<CellClass> toShip = new ArrayDeque<>();
  private final List<CellClass> order = new ArrayList<>();
  private final Set<String> literals = new HashSet<>();
  private final Set<Followed> followed = new LinkedHashSet<>();
  private final Set<Class<?>> started = new HashSet<>();
  private final Set<Class<?>> instances = new HashSet<>();
  private final Set<Class<?>> whole = new HashSet<>();
  private final Set<Static> statics = new HashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Deque<Static> newStatics = new ArrayDeque<>();
  private final Deque<Class<?>> newEnums = new ArrayDeque<>();

  private final List<MetLambda> lambdas = new ArrayList<>();
  private boolean hasForeignLambdas;
  private final Set<Class<?>> parts = new HashSet<>();
  private final Set<Static> links = new HashSet<>();
  private final Deque<Static> newLinks = new ArrayDeque<>();

  private boolean runsCodeWhenRebuilt;
  private boolean touchesResidents;

  Reach(Cells cells) {
    this.cells = cells;
  }

  /// {@return the number of a class that ships from now on, or -1 if workers find it themselves}
  int ship(Class<?> type) {
    Integer number = shipped.get(type);
    if (number != null) {
      return number;
    }
    CellClass cell = cells.get(type);
    return cell == null ? -1 : ship(cell);
  }

  private int ship(CellClass cell) {
    Integer known = shipped.putIfAbsent(cell.type(), shipped.size());
    if (known != null) {
      return known;
    }
    toShip.add(cell);
    order.add(cell);
    literals.addAll(cell.literals());
    return shipped.size() - 1;
  }

  /// {@return whether a class that ships has this text as a literal}
  boolean isLiteral(String text) {
    return literals.contains(text);
  }

  /// {@return the methods that the function may run}
  Set<Followed> followed() {
    return Collections.unmodifiableSet(followed);
  }

  /// {@return whether objects may come along whose rebuilding runs code that reads statics}
  boolean runsCodeWhenRebuilt() {
    return runsCodeWhenRebuilt;
  }

  /// {@return the classes that ship, in the order of their numbers}
  List<CellClass> shipped() {
    return order;
  }

  int shippedCount() {
    return order.size();
  }

  /// Takes in that the worker runs a part of a cell, and keeps what it declares.
  void part(Class<?> type) {
    CellClass cell = cells.get(type);
    if (cell == null) {
      throw new IllegalArgumentException(type + " is no class of a cell");
    }
    parts.add(type);
    ship(cell);
    for (Class<?> nested : type.getDeclaredClasses()) {
      part(nested);
    }
    CellClass.Body body = cell.body();
    if (body != null) {
      pending.add(new Pending(cell, body.effects()));
    }
  }

  /// Takes in a part of a cell with all that it declares, whether or not the cell itself uses it.
  void declared(Class<?> type) {
    part(type);
    whole(type);
  }

  private void whole(Class<?> type) {
    CellClass cell = cells.get(type);
    if (cell != null) {
      whole(cell);
    }
    for (Class<?> nested : type.getDeclaredClasses()) {
      whole(nested);
    }
  }

  /// Anything may be done with a class.
  private void whole(CellClass cell) {
    if (whole.add(cell.type())) {
      instance(cell.type());
      start(cell);
      cell.allMethods().stream()
          .filter(method -> !method.name().equals("<clinit>"))
          .forEach(method -> follow(cell, method));
    }
  }

  /// {@return whether a class is a part of the cell that runs}
  boolean isPart(Class<?> type) {
    return parts.contains(type);
  }

  /// {@return whether the code works with what lives on the workers}
  boolean touchesResidents() {
    return touchesResidents;
  }

  /// {@return a variable that must live on the worker, or null if there is no more}
  @Nullable Static nextLink() {
    return newLinks.poll();
  }

  /// Takes in that the worker will call the code of a lambda.
  ///
  /// @param sorts whether a collection may call it while it is rebuilt
  void lambda(Class<?> owner, String name, String descriptor, int capturedCount, boolean sorts) {
    CellClass cell = cells.get(owner);
    if (cell == null) {
      String internal = owner.getName().replace('.', '/');
      KnownPurity.Effect effect = KnownPurity.of(internal, name);
      hasForeignLambdas |=
          !name.equals("<init>")
              && effect != KnownPurity.Effect.READS
              && effect != KnownPurity.Effect.COPIES;
    } else {
      lambdas.add(new MetLambda(owner, name, descriptor, capturedCount));
      runsCodeWhenRebuilt |= sorts;
      call(cell.type(), name, descriptor);
    }
  }

  /// {@return the lambdas that the state holds, the function's own first if it is one}
  List<MetLambda> metLambdas() {
    return lambdas;
  }

  /// {@return whether the state holds lambdas of code that nobody has looked at}
  boolean hasForeignLambdas() {
    return hasForeignLambdas;
  }

  /// {@return the methods that have been followed, by their class}
  Map<CellClass, Set<Method>> followedMethods() {
    Map<CellClass, Set<Method>> methods = new LinkedHashMap<>();
    for (Followed each : followed) {
      CellClass cell = cells.get(each.owner());
      if (cell != null) {
        methods.computeIfAbsent(cell, _ -> new LinkedHashSet<>()).add(each.method());
      }
    }
    return methods;
  }

  /// Takes in that the worker will have an object of a class.
  void instance(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      CellClass cell = cells.get(each);
      if (cell != null && instances.add(each)) {
        runsCodeWhenRebuilt |= cell.runsCodeWhenRebuilt();
        ship(cell);
        start(cell);
        for (Method method : cell.instanceMethods()) {
          follow(cell, method);
        }
      }
      for (Class<?> implemented : each.getInterfaces()) {
        if (!instances.contains(implemented)) {
          instance(implemented);
        }
      }
    }
  }

  /// Follows all that is pending.
  ///
  /// @return whether anything new was found that [#nextStatic] and [#nextEnum] tell
  boolean advance() {
    while (true) {
      Pending next = pending.poll();
      if (next != null) {
        follow(next.owner(), next.effects());
        continue;
      }
      CellClass cell = toShip.poll();
      if (cell == null) {
        return !newStatics.isEmpty() || !newEnums.isEmpty() || !newLinks.isEmpty();
      }
      shipNamed(cell, cell.names());
      CellClass.Body body = cells.isResident(cell) ? cell.body() : null;
      if (body != null) {
        shipNamed(cell, body.names());
      }
    }
  }

  private void shipNamed(CellClass cell, Set<String> names) {
    for (String name : names) {
      CellClass named = cells.get(cell.resolve(name));
      if (named != null) {
        ship(named);
      }
    }
  }

  /// {@return a static whose value is to be captured, or null if there is no more}
  @Nullable Static nextStatic() {
    return newStatics.poll();
  }

  /// {@return an enum whose constants are to be captured, or null if there is no more}
  @Nullable Class<?> nextEnum() {
    return newEnums.poll();
  }

  private void follow(CellClass owner, Method method) {
    MethodEffects effects = owner.effects(method);
    if (owner.isNative(method)) {
      throw new UnshippableException(
          ShownNames.type(owner.type()) + " -> native method " + method.name(),
          "its code is not in the notebook; put the class into a jar that loads its library, and"
              + " add that with %jars");
    }
    if (effects != null && followed.add(new Followed(owner.type(), method))) {
      pending.add(new Pending(owner, effects));
    }
  }

  private void follow(CellClass from, MethodEffects effects) {
    for (StaticField read : effects.statics()) {
      read(from, read);
    }
    for (Call call : effects.calls()) {
      CellClass named = cells.get(from.resolve(call.owner()));
      if (named != null) {
        call(named.type(), call.name(), call.descriptor());
      }
    }
    for (String created : effects.created()) {
      Class<?> type = from.resolve(created);
      if (type != null) {
        instance(type);
      }
    }
    for (String touched : effects.started()) {
      CellClass named = cells.get(from.resolve(touched));
      if (named != null) {
        start(named);
        link(named, "");
      }
    }
    for (String reflected : effects.reflected()) {
      CellClass named = cells.get(from.resolve(reflected));
      if (named != null) {
        whole(named);
      }
    }
    for (String searched : effects.searched()) {
      CellClass named = cells.declared(searched);
      if (named != null) {
        whole(named);
      }
    }
  }

  private void read(CellClass from, StaticField field) {
    CellClass owner = cells.declaring(from, field.owner(), field.name());
    if (owner == null) {
      return;
    }
    ship(owner);
    start(owner);
    link(owner, field.name());
    if (cells.isInitialized(owner)) {
      Static found = new Static(owner.type(), field.name());
      if (statics.add(found)) {
        newStatics.add(found);
      }
    }
  }

  /// {@return the method of a cell class that a call runs, unless an object's class overrides it;
  /// or null if it is no cell's}
  @Nullable Followed target(CellClass from, Call call) {
    Method method = new Method(call.name(), call.descriptor());
    Deque<Class<?>> candidates = new ArrayDeque<>();
    Class<?> named = from.resolve(call.owner());
    if (named != null) {
      candidates.add(named);
    }
    while (!candidates.isEmpty()) {
      Class<?> each = candidates.poll();
      CellClass cell = cells.get(each);
      if (cell != null && cell.effects(method) != null) {
        return new Followed(each, method);
      }
      if (each.getSuperclass() != null) {
        candidates.add(each.getSuperclass());
      }
      candidates.addAll(List.of(each.getInterfaces()));
    }
    return null;
  }

  /// @param name of the variable, or empty if it is one that is only written
  private void link(CellClass owner, String name) {
    if (!cells.isResident(owner)) {
      return;
    }
    touchesResidents = true;
    CellClass.Body body = owner.body();
    if (body == null || parts.contains(owner.type())) {
      return;
    }
    Static link = new Static(owner.type(), name);
    if (links.add(link)) {
      newLinks.add(link);
      owner.allMethods().forEach(method -> follow(owner, method));
      for (String created : body.effects().created()) {
        Class<?> type = owner.resolve(created);
        if (type != null) {
          instance(type);
        }
      }
    }
  }

  /// A call reaches the method that the named class declares or inherits, and its overriders
  /// through the objects that there are.
  private void call(Class<?> named, String name, String descriptor) {
    Method method = new Method(name, descriptor);
    Set<Class<?>> seen = new HashSet<>();
    Deque<Class<?>> candidates = new ArrayDeque<>(List.of(named));
    while (!candidates.isEmpty()) {
      Class<?> each = candidates.poll();
      CellClass cell = seen.add(each) ? cells.get(each) : null;
      if (cell == null) {
        continue;
      }
      ship(cell);
      start(cell);
      follow(cell, method);
      if (each.getSuperclass() != null) {
        candidates.add(each.getSuperclass());
      }
      candidates.addAll(List.of(each.getInterfaces()));
    }
  }

  /// A class that this process has not initialized will initialize itself on the worker.
  private void start(CellClass cell) {
    if (!started.add(cell.type())) {
      return;
    }
    ship(cell);
    boolean isInitialized = cells.isInitialized(cell);
    MethodEffects initializer = cell.initializer();
    if (!isInitialized && initializer != null) {
      pending.add(new Pending(cell, initializer));
    }
    if (isInitialized && cell.type().isEnum()) {
      newEnums.add(cell.type());
    }
    CellClass parent = cells.get(cell.type().getSuperclass());
    if (parent != null) {
      start(parent);
    }
  }
}
