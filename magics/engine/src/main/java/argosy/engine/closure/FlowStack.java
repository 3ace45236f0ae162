package argosy.engine.closure;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;

/// The operand stack of a method as [ValueFlow] follows it. Where the code joins from several sides
/// one of them is followed, so more may be taken than is there.
final class FlowStack {

  private final List<FlowValue> values = new ArrayList<>();

  List<FlowValue> copy() {
    return List.copyOf(values);
  }

  void set(List<FlowValue> content) {
    values.clear();
    values.addAll(content);
  }

  void push(FlowValue value) {
    values.add(value);
  }

  FlowValue pop() {
    return values.isEmpty() ? FlowValue.OTHER : values.removeLast();
  }

  /// Takes several, and returns them in the order in which they were pushed.
  List<FlowValue> pop(int count) {
    List<FlowValue> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.addFirst(pop());
    }
    return taken;
  }

  /// Does what an instruction does that only moves values around.
  void move(Opcode opcode) {
    switch (opcode) {
      case POP -> pop();
      case POP2 -> take();
      case SWAP -> {
        FlowValue top = pop();
        FlowValue below = pop();
        push(top);
        push(below);
      }
      case DUP -> copyBelow(List.of(pop()), List.of());
      case DUP_X1 -> copyBelow(List.of(pop()), List.of(pop()));
      case DUP_X2 -> copyBelow(List.of(pop()), take());
      case DUP2 -> copyBelow(take(), List.of());
      case DUP2_X1 -> copyBelow(take(), List.of(pop()));
      case DUP2_X2 -> copyBelow(take(), take());
      default -> {} // moves nothing
    }
  }

  /// Takes what is in the two topmost slots.
  private List<FlowValue> take() {
    FlowValue top = pop();
    return top.isWide() ? List.of(top) : List.of(pop(), top);
  }

  private void copyBelow(List<FlowValue> top, List<FlowValue> below) {
    values.addAll(top);
    values.addAll(below);
    values.addAll(top);
  }
}
