package argosy.engine.closure;

import argosy.engine.closure.MethodEffects.Call;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of each value that a method reads from outside whether the method needs it, or only reads
/// it to change it: `total += x` and `list.add(x)` need neither.
/*
 * A value is watched in its place on the operand stack, where what is computed from it takes its
 * place: in `total = Math.max(total, x)` the place holds the total, then the maximum, and then an
 * assignment takes it. So it is the instruction that takes what is in the place that tells. What is
 * copied to another place (`dup`) is a part of the same expression; what goes into a local is needed.
 */
final class Watches {

  /// What a call does with an argument.
  enum Fate {
    /// It needs it.
    NEEDED,
    /// It does not, and the result has nothing of it.
    SPENT,
    /// It changes it, and the result may be a part of it.
    CHANGED,
    /// The result is computed from it.
    DERIVED
  }

  /// Hears what the watches see, and knows what calls do.
  interface Listener {

    /// {@return what a call does with the argument at a position, the receiver being the first}
    Fate fate(Call call, boolean isStatic, int position);

    /// {@return which of the arguments, or which variables, the result tells the new value of}
    Collection<Origin> changedInResult(Call call, List<FlowValue> arguments);

    /// The code needs a value.
    void needed(Origin origin);

    /// The code returns what it has just changed a value to.
    void returnsChanged(Origin origin);
  }

  private static final class Watch {
    private final Origin origin;
    private int place;
    private boolean isChanged;

    Watch(Origin origin, int place, boolean isChanged) {
      this.origin = origin;
      this.place = place;
      this.isChanged = isChanged;
    }
  }

  private final Listener listener;
  private final List<Watch> open = new ArrayList<>();
  private final Map<Label, List<Watch>> atLabels = new HashMap<>();

  Watches(Listener listener) {
    this.listener = listener;
  }

  /// A value from outside has come into a place.
  void open(@Nullable Origin origin, int place) {
    if (origin != null) {
      open.add(new Watch(origin, place, false));
    }
  }

  /// The code has changed something that comes from there.
  void changed(@Nullable Origin origin) {
    for (Watch watch : open) {
      watch.isChanged |= watch.origin.equals(origin);
    }
  }

  /// An instruction other than a call has been followed.
  ///
  /// @param assigned what it has assigned, if it assigns a static
  /// @param size of the stack now
  void after(CodeElement element, @Nullable Origin assigned, int size) {
    for (Watch watch : List.copyOf(open)) {
      if (watch.place >= size) {
        taken(watch, element, assigned, size);
      }
    }
  }

  private void taken(Watch watch, CodeElement element, @Nullable Origin assigned, int size) {
    switch (element) {
      case StackInstruction _, MonitorInstruction _ -> open.remove(watch);
      case OperatorInstruction _ when watch.isChanged -> close(watch, true);
      case OperatorInstruction _, ConvertInstruction _, TypeCheckInstruction _ ->
          watch.place = size - 1;
      case FieldInstruction field when field.opcode() == Opcode.PUTSTATIC ->
          close(watch, !watch.origin.equals(assigned));
      case FieldInstruction _, ArrayStoreInstruction _ -> close(watch, watch.place > size);
      case ReturnInstruction _ -> {
        close(watch, !watch.isChanged);
        if (watch.isChanged) {
          listener.returnsChanged(watch.origin);
        }
      }
      default -> close(watch, true);
    }
  }

  private void close(Watch watch, boolean isNeeded) {
    open.remove(watch);
    if (isNeeded) {
      listener.needed(watch.origin);
    }
  }

  /// A call has been followed.
  ///
  /// @param size of the stack now, with the result
  void afterCall(InvokeInstruction site, Call call, List<FlowValue> arguments, int size) {
    boolean isStatic = site.opcode() == Opcode.INVOKESTATIC;
    boolean hasResult = TypeKind.from(site.typeSymbol().returnType()) != TypeKind.VOID;
    int base = hasResult ? size - 1 : size;
    for (Watch watch : List.copyOf(open)) {
      if (watch.place < base) {
        continue;
      }
      Fate fate = listener.fate(call, isStatic, watch.place - base);
      watch.isChanged |= fate == Fate.CHANGED;
      boolean isKept = hasResult && (fate == Fate.CHANGED || fate == Fate.DERIVED);
      if (isKept) {
        watch.place = base;
      } else {
        close(watch, fate == Fate.NEEDED || fate == Fate.DERIVED);
      }
    }
    for (Origin changed : listener.changedInResult(call, arguments)) {
      if (hasResult) {
        open.add(new Watch(changed, base, true));
      }
    }
  }

  /// A lambda has been made, or a text of several parts: nobody knows what becomes of the result.
  ///
  /// @param call what the lambda calls, or null if it is none
  void afterSite(@Nullable Call call, boolean isStatic, List<FlowValue> values, int size) {
    int base = size - 1;
    for (Watch watch : List.copyOf(open)) {
      if (watch.place >= base) {
        Fate fate = call == null ? Fate.NEEDED : listener.fate(call, isStatic, watch.place - base);
        close(watch, fate == Fate.NEEDED || fate == Fate.DERIVED);
      }
    }
    if (call != null) {
      listener.changedInResult(call, values).forEach(listener::needed);
    }
  }

  /// The code may go on at a label.
  void jump(Label target) {
    atLabels.computeIfAbsent(target, _ -> new ArrayList<>()).addAll(open);
  }

  /// The code goes on here.
  ///
  /// @param isReachable whether it comes from the instruction before, too
  /// @param size of the stack
  void at(Label label, boolean isReachable, int size) {
    if (!isReachable) {
      open.clear();
    }
    for (Watch watch : atLabels.getOrDefault(label, List.of())) {
      if (!open.contains(watch)) {
        open.add(watch);
      }
    }
    for (Watch watch : List.copyOf(open)) {
      if (watch.place >= size) {
        close(watch, true);
      }
    }
  }
}
