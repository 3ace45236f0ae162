package argosy.engine.closure;

import argosy.engine.closure.MethodEffects.Call;
import argosy.engine.closure.MethodWrites.Place;
import argosy.engine.closure.MethodWrites.Store;
import argosy.engine.closure.MethodWrites.Write;
import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Follows where the objects come from that one method touches.
/*
 * The stack is followed instruction by instruction, a local variable has all origins that are ever
 * stored in it, and whatever is read out of an object may be anything that was put into one. Code is
 * gone through again until nothing new is found: origins only grow.
 */
final class OriginFlow {

  /// What else the analysis knows.
  interface Surroundings {

    /// {@return the origins of a static's value}
    long originsOf(CellClass from, String owner, String name);

    /// {@return what methods of cells do that a call may reach, or null if it leaves the cells}
    @org.jspecify.annotations.Nullable MethodWrites called(CellClass from, Call call);

    /// An object is put into a static.
    void putStatic(long value);
  }

  /// Marks a stack entry as one of two words.
  private static final long WIDE = 1L << 62;

  private final CellClass owner;
  private final String name;
  private final Surroundings surroundings;
  private final Map<Integer, Long> locals = new HashMap<>();
  private final Map<Label, List<Long>> expected = new HashMap<>();
  private final Set<Write> writes = new HashSet<>();
  private final Set<Store> stores = new HashSet<>();
  private final FlowStack<Long> stack =
      new FlowStack<>(MethodWrites.UNKNOWN, origins -> (origins & WIDE) != 0);
  private boolean isReached = true;
  private boolean isChanged;
  private long stored;
  private long returned;

  /// What lambdas return, and the ones that need no argument for it: whoever gets a lambda gets
  /// that.
  private long given;

  private long supplied;
  private int line = -1;

  private OriginFlow(CellClass owner, MethodModel method, Surroundings around) {
    this.owner = owner;
    this.name = method.methodName().stringValue();
    this.surroundings = around;
    int slot = 0;
    int index = 0;
    if (!method.flags().has(AccessFlag.STATIC)) {
      locals.put(slot++, MethodWrites.parameter(index++));
    }
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      locals.put(slot, of(parameter, MethodWrites.parameter(index++)));
      slot += TypeKind.from(parameter).slotSize();
    }
  }

  static MethodWrites follow(CellClass owner, MethodModel method, Surroundings around) {
    CodeModel code = method.findAttribute(Attributes.code()).orElse(null);
    if (code == null) {
      return MethodWrites.NOTHING;
    }
    OriginFlow flow = new OriginFlow(owner, method, around);
    do {
      flow.isChanged = false;
      flow.isReached = true;
      flow.stack.set(List.of());
      code.exceptionHandlers().forEach(handler -> flow.expect(handler.handler(), List.of(0L)));
      for (CodeElement element : code) {
        flow.step(element);
      }
    } while (flow.isChanged);
    return new MethodWrites(flow.returned, flow.writes, flow.stores);
  }

  private void step(CodeElement element) {
    switch (element) {
      case LineNumber number -> line = number.line();
      case LabelTarget target -> arrive(target.label());
      case ExceptionCatch _ -> {}
      default -> {
        if (isReached) {
          perform(element);
        }
      }
    }
  }

  private void perform(CodeElement element) {
    switch (element) {
      case LoadInstruction load ->
          push(locals.getOrDefault(load.slot(), 0L), load.typeKind().slotSize() == 2);
      case StoreInstruction store -> store(store.slot(), pop());
      case ConstantInstruction constant -> push(0, constant.typeKind().slotSize() == 2);
      case ArrayLoadInstruction load -> {
        pop();
        long array = pop();
        boolean isReference = load.typeKind() == TypeKind.REFERENCE;
        push(isReference ? inside(array) : 0, load.typeKind().slotSize() == 2);
      }
      case ArrayStoreInstruction store -> {
        long value = pop();
        pop();
        long array = pop();
        write(array, "[" + store.typeKind().upperBound().descriptorString());
        put(array, value);
      }
      case FieldInstruction field -> field(field);
      case InvokeInstruction invoke -> invoke(invoke);
      case InvokeDynamicInstruction site -> dynamic(site);
      case NewObjectInstruction _ -> push(0, false);
      case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {
        pop();
        push(0, false);
      }
      case NewMultiArrayInstruction array -> {
        for (int i = 0; i < array.dimensions(); i++) {
          pop();
        }
        push(0, false);
      }
      case TypeCheckInstruction check -> {
        long value = pop();
        push(check.opcode() == Opcode.CHECKCAST ? value : 0, false);
      }
      case MonitorInstruction _ -> pop();
      case ConvertInstruction convert -> {
        pop();
        push(0, convert.toType().slotSize() == 2);
      }
      case OperatorInstruction operator -> operator(operator);
      case StackInstruction moving -> stack.move(moving.opcode());
      case BranchInstruction branch -> branch(branch);
      case TableSwitchInstruction jump -> jump(jump.defaultTarget(), jump.cases());
      case LookupSwitchInstruction jump -> jump(jump.defaultTarget(), jump.cases());
      case ReturnInstruction result -> {
        if (result.typeKind() != TypeKind.VOID) {
          long value = pop();
          isChanged |= (returned | value) != returned;
          returned |= value;
        }
        isReached = false;
      }
      case ThrowInstruction _ -> isReached = false;
      default -> {} // increments a local, or is no instruction
    }
  }

  // ---- the stack

  private void push(long origins, boolean isWide) {
    stack.push(isWide ? WIDE : origins);
  }

  private long pop() {
    return stack.pop() & ~WIDE;
  }

  private void operator(OperatorInstruction operator) {
    Opcode opcode = operator.opcode();
    boolean isUnary =
        opcode == Opcode.ARRAYLENGTH
            || opcode == Opcode.INEG
            || opcode == Opcode.LNEG
            || opcode == Opcode.FNEG
            || opcode == Opcode.DNEG;
    pop();
    if (!isUnary) {
      pop();
    }
    boolean isComparison =
        opcode == Opcode.LCMP
            || opcode == Opcode.FCMPL
            || opcode == Opcode.FCMPG
            || opcode == Opcode.DCMPL
            || opcode == Opcode.DCMPG
            || opcode == Opcode.ARRAYLENGTH;
    push(0, !isComparison && operator.typeKind().slotSize() == 2);
  }

  private void store(int slot, long origins) {
    long before = locals.getOrDefault(slot, 0L);
    if ((before | origins) != before) {
      locals.put(slot, before | origins);
      isChanged = true;
    }
  }

  // ---- jumps

  private void expect(Label target, List<Long> arriving) {
    List<Long> known = expected.get(target);
    if (known == null) {
      expected.put(target, new ArrayList<>(arriving));
      isChanged = true;
      return;
    }
    for (int i = 0; i < Math.min(known.size(), arriving.size()); i++) {
      long merged = known.get(i) | arriving.get(i);
      if (merged != known.get(i)) {
        known.set(i, merged);
        isChanged = true;
      }
    }
  }

  private void arrive(Label label) {
    if (isReached) {
      expect(label, stack.copy());
    }
    List<Long> known = expected.get(label);
    if (known != null) {
      stack.set(known);
      isReached = true;
    }
  }

  private void branch(BranchInstruction branch) {
    Opcode opcode = branch.opcode();
    boolean isGoto = opcode == Opcode.GOTO || opcode == Opcode.GOTO_W;
    if (!isGoto) {
      pop();
      if (opcode.name().startsWith("IF_")) {
        pop();
      }
    }
    expect(branch.target(), stack.copy());
    isReached = !isGoto;
  }

  private void jump(Label otherwise, List<SwitchCase> cases) {
    pop();
    expect(otherwise, stack.copy());
    cases.forEach(each -> expect(each.target(), stack.copy()));
    isReached = false;
  }

  // ---- objects

  private static long of(ClassDesc type, long origins) {
    return KnownPurity.isImmutable(type.descriptorString()) ? 0 : origins;
  }

  /// {@return the origins of what is read out of an object}
  private long inside(long object) {
    return MethodWrites.inside(object) | stored;
  }

  private void write(long object, String what) {
    if (object != 0) {
      isChanged |= writes.add(new Write(object, what, new Place(owner.type(), name, line)));
    }
  }

  private void put(long target, long value) {
    if (value != 0) {
      isChanged |= stores.add(new Store(target, value));
      isChanged |= (stored | value) != stored;
      stored |= value;
    }
  }

  private void field(FieldInstruction field) {
    ClassDesc type = field.typeSymbol();
    boolean isWide = TypeKind.from(type).slotSize() == 2;
    String fieldOwner = field.owner().asInternalName();
    switch (field.opcode()) {
      case GETFIELD -> push(of(type, inside(pop())), isWide);
      case GETSTATIC ->
          push(
              of(type, surroundings.originsOf(owner, fieldOwner, field.name().stringValue())),
              isWide);
      case PUTFIELD -> {
        long value = pop();
        long object = pop();
        write(object, fieldOwner);
        put(object, value);
      }
      default -> surroundings.putStatic(pop());
    }
  }

  // ---- calls

  private long[] arguments(MethodTypeDesc type, boolean hasReceiver) {
    int receiver = hasReceiver ? 1 : 0;
    long[] arguments = new long[type.parameterCount() + receiver];
    for (int i = arguments.length - 1; i >= receiver; i--) {
      arguments[i] = of(type.parameterType(i - receiver), pop());
    }
    if (hasReceiver) {
      arguments[0] = pop();
    }
    return arguments;
  }

  private void invoke(InvokeInstruction invoke) {
    MethodTypeDesc type = invoke.typeSymbol();
    boolean hasReceiver = invoke.opcode() != Opcode.INVOKESTATIC;
    long[] arguments = arguments(type, hasReceiver);
    Call call =
        new Call(
            invoke.owner().asInternalName(),
            invoke.name().stringValue(),
            invoke.type().stringValue());
    long result = called(call, arguments, hasReceiver);
    if (TypeKind.from(type.returnType()) != TypeKind.VOID) {
      push(of(type.returnType(), result), TypeKind.from(type.returnType()).slotSize() == 2);
    }
  }

  private long called(Call call, long[] arguments, boolean hasReceiver) {
    long[] inside = new long[arguments.length];
    long all = 0;
    for (int i = 0; i < arguments.length; i++) {
      // What was put into an object that this method made comes along with it.
      inside[i] = inside(arguments[i]);
      all |= arguments[i] | MethodWrites.inside(arguments[i]);
    }
    MethodWrites known = surroundings.called(owner, call);
    if (known != null) {
      MethodWrites here = known.calledWith(arguments, inside);
      for (Write write : here.writes()) {
        isChanged |= writes.add(write);
      }
      here.stores().forEach(store -> put(store.target(), store.value()));
      return here.returned();
    }
    if (KnownPurity.fillsWhatIsSupplied(call.owner(), call.name())) {
      write(supplied, Write.ANYTHING);
    }
    return switch (KnownPurity.of(call.owner(), call.name())) {
      case READS -> arguments.length == 0 ? 0 : all | stored;
      case COPIES -> {
        if (!call.copiesPrimitives()) {
          put(0, all);
        }
        yield 0;
      }
      case CHANGES_RECEIVER -> {
        if (hasReceiver) {
          change(arguments, 0, call.owner());
        }
        yield all | stored;
      }
      case CHANGES_FIRST -> {
        change(arguments, 0, call.takesArrayFirst() ? call.firstParameter() : Write.ANYTHING);
        yield all | stored;
      }
      case CHANGES_THIRD -> {
        change(arguments, 2, Write.ANYTHING);
        yield 0;
      }
      case UNKNOWN -> {
        boolean isGivenObjects = arguments.length > 0 && (hasReceiver || call.takesObjects());
        if (isGivenObjects) {
          write(all | stored | given, Write.ANYTHING);
        }
        put(0, all);
        yield isGivenObjects ? all | stored : 0;
      }
    };
  }

  /// One of the arguments is changed, and may hold the others afterwards.
  private void change(long[] arguments, int changed, String what) {
    write(arguments[changed], what);
    long others = 0;
    for (int i = 0; i < arguments.length; i++) {
      if (i != changed) {
        others |= arguments[i] | MethodWrites.inside(arguments[i]);
      }
    }
    put(arguments[changed], others);
  }

  private void dynamic(InvokeDynamicInstruction site) {
    MethodTypeDesc type = site.typeSymbol();
    long[] captured = arguments(type, false);
    String bootstrap = site.bootstrapMethod().owner().descriptorString();
    if (bootstrap.equals("Ljava/lang/invoke/LambdaMetafactory;")) {
      site.invokedynamic().bootstrap().arguments().stream()
          .filter(MethodHandleEntry.class::isInstance)
          .map(MethodHandleEntry.class::cast)
          .findFirst()
          .ifPresent(handle -> lambda(handle, captured));
    } else if (!bootstrap.equals("Ljava/lang/invoke/StringConcatFactory;")
        && !bootstrap.equals("Ljava/lang/runtime/ObjectMethods;")
        && !bootstrap.equals("Ljava/lang/runtime/SwitchBootstraps;")) {
      long all = 0;
      for (long each : captured) {
        all |= each;
      }
      write(all, Write.ANYTHING);
    }
    push(0, TypeKind.from(type.returnType()).slotSize() == 2);
  }

  /// Anybody may call the lambda, with anything.
  private void lambda(MethodHandleEntry handle, long[] captured) {
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(handle.reference().type().stringValue());
    boolean hasReceiver =
        handle.kind() != MethodHandleInfo.REF_invokeStatic
            && handle.kind() != MethodHandleInfo.REF_newInvokeSpecial;
    boolean makesReceiver = handle.kind() == MethodHandleInfo.REF_newInvokeSpecial;
    int receiver = hasReceiver || makesReceiver ? 1 : 0;
    long[] arguments = new long[type.parameterCount() + receiver];
    for (int i = makesReceiver ? 1 : 0; i < arguments.length; i++) {
      int at = makesReceiver ? i - 1 : i;
      boolean isTyped = i >= receiver;
      long unknown =
          isTyped
              ? of(type.parameterType(i - receiver), MethodWrites.UNKNOWN)
              : MethodWrites.UNKNOWN;
      arguments[i] = at < captured.length ? captured[at] : unknown;
    }
    Call call =
        new Call(
            handle.reference().owner().asInternalName(),
            handle.reference().name().stringValue(),
            handle.reference().type().stringValue());
    long result = called(call, arguments, receiver == 1);
    put(0, result);
    isChanged |= (given | result) != given;
    given |= result;
    supplied |= arguments.length == captured.length ? result : 0;
  }
}
