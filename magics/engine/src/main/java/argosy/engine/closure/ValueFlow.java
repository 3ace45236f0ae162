package argosy.engine.closure;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
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
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks through a method's code once and follows the values that come from outside: from statics
/// and from arguments. What happens to them goes to a [Listener].
final class ValueFlow {

  /// Hears what the code does with values.
  interface Listener extends Watches.Listener {

    /// {@return where the value of a static comes from, or null if nobody asks}
    @Nullable Origin read(String owner, String field);

    /// The code assigns a static.
    void assigned(String owner, String field, int line);

    /// The code changes something inside a value.
    ///
    /// @param how such as `field total` or `an element`
    void changed(FlowValue value, String how, int line);

    /// The code reads a field of a value.
    void fieldRead(FlowValue value, String field);

    /// The code does something else with a value.
    void used(FlowValue value);

    /// The code calls a method, or makes a lambda that will.
    ///
    /// @param arguments the receiver first, then as many as are known
    /// @return what the call returns
    FlowValue called(
        MethodEffects.Call call, boolean isStatic, List<FlowValue> arguments, int line);

    /// The code returns a value.
    void returned(FlowValue value);
  }

  private final Listener listener;
  private final Watches watches;
  private final FlowStack<FlowValue> stack = new FlowStack<>(FlowValue.OTHER, FlowValue::isWide);
  private final Map<Integer, FlowValue> locals = new HashMap<>();
  private final Map<Label, List<FlowValue>> atLabels = new HashMap<>();
  private final Set<Label> handlers = new HashSet<>();
  private boolean isReachable = true;
  private int line;

  private ValueFlow(Listener listener) {
    this.listener = listener;
    this.watches = new Watches(listener);
  }

  static void walk(MethodModel method, CodeModel code, Listener listener) {
    ValueFlow flow = new ValueFlow(listener);
    int slot = 0;
    int index = 0;
    if (!method.flags().has(AccessFlag.STATIC)) {
      flow.locals.put(slot++, FlowValue.of(new Origin.Argument(index++), false));
    }
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      boolean isWide = isWide(parameter);
      flow.locals.put(slot, FlowValue.of(new Origin.Argument(index++), isWide));
      slot += isWide ? 2 : 1;
    }
    for (CodeElement element : code) {
      if (element instanceof ExceptionCatch caught) {
        flow.handlers.add(caught.handler());
      }
    }
    code.forEach(flow::step);
  }

  private static boolean isWide(ClassDesc type) {
    return TypeKind.from(type).slotSize() == 2;
  }

  private void step(CodeElement element) {
    accept(element);
    if (element instanceof Instruction && !(element instanceof InvokeInstruction)) {
      Origin assigned =
          element instanceof FieldInstruction field && field.opcode() == Opcode.PUTSTATIC
              ? listener.read(field.owner().asInternalName(), field.name().stringValue())
              : null;
      watches.after(element, assigned, stack.size());
    }
  }

  private void accept(CodeElement element) {
    switch (element) {
      case LineNumber number -> line = number.line();
      case LabelTarget target -> at(target.label());
      case LoadInstruction load -> {
        FlowValue local =
            locals.getOrDefault(load.slot(), FlowValue.other(load.typeKind().slotSize() == 2));
        stack.push(local);
        watches.open(local.origin(), stack.size() - 1);
      }
      case StoreInstruction store -> locals.put(store.slot(), stack.pop());
      case ConstantInstruction constant ->
          stack.push(FlowValue.other(constant.typeKind().slotSize() == 2));
      case StackInstruction move -> stack.move(move.opcode());
      case FieldInstruction field -> field(field);
      case InvokeInstruction call -> call(call);
      case InvokeDynamicInstruction site -> site(site);
      case ArrayLoadInstruction load -> {
        stack.pop();
        FlowValue array = stack.pop();
        listener.used(array);
        stack.push(array.inside(load.typeKind().slotSize() == 2));
      }
      case ArrayStoreInstruction _ -> {
        listener.used(stack.pop());
        stack.pop();
        changed(stack.pop(), "an element");
      }
      case OperatorInstruction operator -> operator(operator);
      case ConvertInstruction convert -> {
        stack.pop();
        stack.push(FlowValue.other(convert.toType().slotSize() == 2));
      }
      case TypeCheckInstruction check -> {
        if (check.opcode() == Opcode.INSTANCEOF) {
          listener.used(stack.pop());
          stack.push(FlowValue.OTHER);
        }
      }
      case NewObjectInstruction _ -> stack.push(FlowValue.OTHER);
      case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {
        stack.pop();
        stack.push(FlowValue.OTHER);
      }
      case NewMultiArrayInstruction array -> {
        stack.pop(array.dimensions());
        stack.push(FlowValue.OTHER);
      }
      case MonitorInstruction _ -> listener.used(stack.pop());
      case BranchInstruction branch -> branch(branch);
      case TableSwitchInstruction table -> {
        stack.pop();
        table.cases().forEach(each -> jump(each.target()));
        jump(table.defaultTarget());
        isReachable = false;
      }
      case LookupSwitchInstruction lookup -> {
        stack.pop();
        lookup.cases().forEach(each -> jump(each.target()));
        jump(lookup.defaultTarget());
        isReachable = false;
      }
      case ReturnInstruction back -> {
        if (back.opcode() != Opcode.RETURN) {
          listener.returned(stack.pop());
        }
        isReachable = false;
      }
      case ThrowInstruction _ -> {
        listener.used(stack.pop());
        isReachable = false;
      }
      default -> {} // neither takes nor leaves a value
    }
  }

  private void changed(FlowValue value, String how) {
    listener.changed(value, how, line);
    watches.changed(value.origin());
  }

  private void at(Label label) {
    if (handlers.contains(label)) {
      stack.set(List.of(FlowValue.OTHER));
    } else if (!isReachable) {
      stack.set(atLabels.getOrDefault(label, List.of()));
    }
    watches.at(label, isReachable, handlers.contains(label) ? 0 : stack.size());
    isReachable = true;
  }

  private void jump(Label target) {
    atLabels.putIfAbsent(target, stack.copy());
    watches.jump(target);
  }

  private void branch(BranchInstruction branch) {
    switch (branch.opcode()) {
      case GOTO, GOTO_W -> {
        jump(branch.target());
        isReachable = false;
      }
      case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> {
        listener.used(stack.pop());
        jump(branch.target());
      }
      default -> {
        stack.pop(2).forEach(listener::used);
        jump(branch.target());
      }
    }
  }

  private void operator(OperatorInstruction operator) {
    switch (operator.opcode()) {
      case ARRAYLENGTH -> {
        listener.used(stack.pop());
        stack.push(FlowValue.OTHER);
      }
      case INEG, LNEG, FNEG, DNEG -> stack.push(FlowValue.other(stack.pop().isWide()));
      case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> {
        stack.pop(2);
        stack.push(FlowValue.OTHER);
      }
      default -> {
        stack.pop(2);
        stack.push(FlowValue.other(operator.typeKind().slotSize() == 2));
      }
    }
  }

  private void field(FieldInstruction field) {
    String name = field.name().stringValue();
    boolean isWide = isWide(field.typeSymbol());
    switch (field.opcode()) {
      case GETSTATIC -> {
        Origin origin = listener.read(field.owner().asInternalName(), name);
        stack.push(origin == null ? FlowValue.other(isWide) : FlowValue.of(origin, isWide));
        watches.open(origin, stack.size() - 1);
      }
      case PUTSTATIC -> {
        listener.used(stack.pop());
        listener.assigned(field.owner().asInternalName(), name, line);
        watches.changed(listener.read(field.owner().asInternalName(), name));
      }
      case GETFIELD -> {
        FlowValue owner = stack.pop();
        listener.fieldRead(owner, name);
        stack.push(owner.inside(isWide));
      }
      default -> {
        listener.used(stack.pop());
        changed(stack.pop(), "field " + name);
      }
    }
  }

  private void call(InvokeInstruction call) {
    boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
    MethodTypeDesc type = call.typeSymbol();
    List<FlowValue> arguments = stack.pop(type.parameterCount() + (isStatic ? 0 : 1));
    MethodEffects.Call called =
        new MethodEffects.Call(
            call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue());
    FlowValue result = listener.called(called, isStatic, arguments, line);
    push(result, type.returnType());
    watches.afterCall(call, called, arguments, stack.size());
  }

  private void site(InvokeDynamicInstruction site) {
    List<FlowValue> captured = new ArrayList<>(stack.pop(site.typeSymbol().parameterCount()));
    EffectsReader.Implementation handle = EffectsReader.implementation(site).orElse(null);
    push(FlowValue.OTHER, site.typeSymbol().returnType());
    if (handle == null) {
      captured.forEach(listener::used);
      watches.afterSite(null, false, captured, stack.size());
    } else {
      FlowValue _ = listener.called(handle.call(), handle.isStatic(), captured, line);
      watches.afterSite(handle.call(), handle.isStatic(), captured, stack.size());
    }
  }

  private void push(FlowValue result, ClassDesc type) {
    TypeKind kind = TypeKind.from(type);
    if (kind != TypeKind.VOID) {
      boolean isWide = kind.slotSize() == 2;
      stack.push(kind == TypeKind.REFERENCE ? result : FlowValue.other(isWide));
    }
  }
}
