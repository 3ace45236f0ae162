package argosy.engine.closure;

import argosy.engine.closure.CellClass.Method;
import argosy.engine.closure.MethodEffects.Call;
import argosy.engine.closure.MethodUses.Writing;
import argosy.engine.closure.Reach.Followed;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what methods of cells do with variables and arguments. Reads each method once; one that
/// calls itself is taken to do what it does outside that call.
final class UsesReader {

  private final Cells cells;
  private final Reach reach;
  private final Map<Followed, MethodUses> known = new LinkedHashMap<>();
  private final Map<CellClass, Code> codes = new HashMap<>();
  private final Map<String, List<Followed>> byName = new HashMap<>();

  /// What is being read.
  private final Set<MethodUses> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private boolean isTangled;

  UsesReader(Cells cells, Reach reach) {
    this.cells = cells;
    this.reach = reach;
    for (Followed followed : reach.followed()) {
      named(followed.method().name()).add(followed);
    }
  }

  private List<Followed> named(String method) {
    return byName.computeIfAbsent(method, _ -> new ArrayList<>());
  }

  MethodUses of(Followed method) {
    MethodUses uses = known.get(method);
    if (uses != null) {
      isTangled |= open.contains(uses);
      return uses;
    }
    CellClass owner = cells.get(method.owner());
    if (owner == null) {
      return MethodUses.NONE;
    }
    uses = new MethodUses();
    known.put(method, uses);
    open.add(uses);
    walk(method, owner, uses);
    open.remove(uses);
    return uses;
  }

  /// {@return the methods that were asked for, and those that they call, with what they do}
  Map<Followed, MethodUses> all() {
    return known;
  }

  /// If some methods call themselves, or each other, reads all again until that tells nothing more.
  void settle() {
    if (!isTangled) {
      return;
    }
    int before;
    int after = size();
    do {
      before = after;
      for (Map.Entry<Followed, MethodUses> each : List.copyOf(known.entrySet())) {
        CellClass owner = cells.get(each.getKey().owner());
        if (owner != null) {
          walk(each.getKey(), owner, each.getValue());
        }
      }
      after = size();
    } while (after > before);
  }

  private int size() {
    return known.values().stream().mapToInt(MethodUses::size).sum();
  }

  private void walk(Followed method, CellClass owner, MethodUses uses) {
    Code code = codes.computeIfAbsent(owner, Code::of);
    MethodModel model = code.methods().get(method.method());
    if (model != null) {
      Reading reading = new Reading(owner, code.source(), uses);
      model
          .findAttribute(Attributes.code())
          .ifPresent(body -> ValueFlow.walk(model, body, reading));
    }
  }

  /// What a class has.
  private record Code(String source, Map<Method, MethodModel> methods) {

    static Code of(CellClass owner) {
      ClassModel model = ClassFile.of().parse(owner.raw());
      Map<Method, MethodModel> methods = new HashMap<>();
      for (MethodModel each : model.methods()) {
        Method key = new Method(each.methodName().stringValue(), each.methodType().stringValue());
        methods.put(key, each);
      }
      return new Code(UsesReader.source(model), methods);
    }
  }

  /// {@return what frames call the source of a class, such as `Cell [3]`}
  static String source(ClassModel model) {
    return model
        .findAttribute(Attributes.sourceFile())
        .map(file -> file.sourceFile().stringValue())
        .orElse(model.thisClass().asInternalName());
  }

  private final class Reading implements ValueFlow.Listener {

    private final CellClass owner;
    private final String source;
    private final MethodUses uses;

    Reading(CellClass owner, String source, MethodUses uses) {
      this.owner = owner;
      this.source = source;
      this.uses = uses;
    }

    private void write(Origin origin, String how, int line, boolean isCertain) {
      uses.write(new Writing(origin, how, source + ", line " + line, isCertain));
    }

    private Origin.@Nullable Variable variable(String named, String field) {
      CellClass declaring = cells.declaring(owner, named, field);
      return declaring == null ? null : new Origin.Variable(declaring.type(), field);
    }

    @Override
    public @Nullable Origin read(String named, String field) {
      return variable(named, field);
    }

    @Override
    public void assigned(String named, String field, int line) {
      Origin variable = variable(named, field);
      if (variable != null) {
        write(variable, "assigned", line, true);
      }
    }

    @Override
    public void changed(FlowValue value, String how, int line) {
      Origin origin = value.origin();
      if (origin != null) {
        write(origin, how + " set", line, true);
        uses.use(origin);
      }
    }

    @Override
    public void fieldRead(FlowValue value, String field) {
      Origin origin = value.origin();
      if (origin != null) {
        if (value.isDirect()) {
          uses.readField(origin, field);
        }
      }
    }

    @Override
    public void used(FlowValue value) {
      Origin origin = value.origin();
      if (origin != null && value.isDirect()) {
        uses.use(origin);
      }
    }

    @Override
    public void returned(FlowValue value) {
      Origin origin = value.origin();
      if (origin != null) {
        used(value);
        uses.returns(origin);
      }
    }

    @Override
    public FlowValue called(Call call, boolean isStatic, List<FlowValue> arguments, int line) {
      List<Followed> targets = targets(call);
      if (targets.isEmpty()) {
        return platform(call, isStatic, arguments, line);
      }
      FlowValue result = FlowValue.OTHER;
      for (Followed target : targets) {
        MethodUses callee = of(target);
        callee.writings().forEach(writing -> pass(writing, arguments));
        for (int i = 0; i < arguments.size(); i++) {
          pass(callee, new Origin.Argument(i), arguments.get(i));
        }
        FlowValue returned = valueOf(callee.returned(), arguments);
        result = returned.origin() == null ? result : returned;
      }
      return result;
    }

    @Override
    public Watches.Fate fate(Call call, boolean isStatic, int position) {
      List<Followed> targets = targets(call);
      if (!targets.isEmpty()) {
        Origin argument = new Origin.Argument(position);
        boolean isNeeded = targets.stream().anyMatch(target -> of(target).isNeeded(argument));
        return isNeeded ? Watches.Fate.NEEDED : Watches.Fate.SPENT;
      }
      return PlatformCalls.fate(call.owner(), call.name(), isStatic, position);
    }

    @Override
    public Collection<Origin> changedInResult(Call call, List<FlowValue> arguments) {
      return targets(call).stream()
          .flatMap(target -> of(target).changedInResult().stream())
          .map(origin -> valueOf(origin, arguments).origin())
          .filter(Objects::nonNull)
          .toList();
    }

    @Override
    public void needed(Origin origin) {
      uses.need(origin);
    }

    @Override
    public void returnsChanged(Origin origin) {
      uses.returnChanged(origin);
    }

    /// The method itself, and what overrides it in the classes that ship.
    private List<Followed> targets(Call call) {
      List<Followed> targets = new ArrayList<>();
      Class<?> named = owner.resolve(call.owner());
      Followed declared = reach.target(owner, call);
      for (Followed followed : named(call.name())) {
        boolean isCalled =
            followed.method().descriptor().equals(call.descriptor())
                && named != null
                && named.isAssignableFrom(followed.owner());
        if (isCalled || followed.equals(declared)) {
          targets.add(followed);
        }
      }
      return targets;
    }

    private FlowValue platform(Call call, boolean isStatic, List<FlowValue> arguments, int line) {
      arguments.forEach(this::used);
      if (arguments.isEmpty()) {
        return FlowValue.OTHER;
      }
      FlowValue first = arguments.getFirst();
      int changed = PlatformCalls.changed(call.owner(), call.name(), isStatic, first.isDirect());
      if (changed >= 0 && changed < arguments.size()) {
        Origin origin = arguments.get(changed).origin();
        if (origin != null) {
          boolean isCertain = PlatformCalls.isContainer(call.owner());
          write(origin, call.name() + "(...)", line, isCertain);
        }
      }
      return PlatformCalls.isInside(call.owner(), call.name())
          ? first.inside(false)
          : FlowValue.OTHER;
    }

    private void pass(Writing writing, List<FlowValue> arguments) {
      Origin origin = valueOf(writing.origin(), arguments).origin();
      if (origin != null) {
        uses.write(new Writing(origin, writing.how(), writing.place(), writing.isCertain()));
      }
    }

    private void pass(MethodUses callee, Origin.Argument argument, FlowValue given) {
      Origin origin = given.origin();
      if (origin == null || !given.isDirect()) {
        return;
      }
      callee.fieldsRead(argument).forEach(field -> uses.readField(origin, field));
      if (callee.isUsed(argument)) {
        uses.use(origin);
      }
    }

    private FlowValue valueOf(@Nullable Origin origin, List<FlowValue> arguments) {
      return switch (origin) {
        case null -> FlowValue.OTHER;
        case Origin.Variable variable -> new FlowValue(variable, false, false);
        case Origin.Argument(int index) ->
            index < arguments.size() ? arguments.get(index).inside(false) : FlowValue.OTHER;
      };
    }
  }
}
