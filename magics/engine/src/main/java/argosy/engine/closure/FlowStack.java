package argosy.engine.closure;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The operand stack of a method whose code is followed. Where only a part of it is, more may be
/// taken than is there.
///
/// @param <V> what is known of a value
final class FlowStack<V> {

  private final V unknown;
  private final Predicate<V> isWide;
  private final List<V> values = new ArrayList<>();

  /// @param unknown what is taken where nothing is
  /// @param isWide whether a value takes the room of two
  FlowStack(V unknown, Predicate<V> isWide) {
    this.unknown = unknown;
    this.isWide = isWide;
  }

  int size() {
    return values.size();
  }

  List<V> copy() {
    return List.copyOf(values);
  }

  void set(List<V> content) {
    values.clear();
    values.addAll(content);
  }

  void push(V value) {
    values.add(value);
  }

  V pop() {
    return values.isEmpty() ? unknown : values.removeLast();
  }

  /// Takes several, and returns them in the order in which they were pushed.
  List<V> pop(int count) {
    List<V> taken = new ArrayList<>();
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
        V top = pop();
        V below = pop();
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
  private List<V> take() {
    V top = pop();
    return isWide.test(top) ? List.of(top) : List.of(pop(), top);
  }

  private void copyBelow(List<V> top, List<V> below) {
    values.addAll(top);
    values.addAll(below);
    values.addAll(top);
  }
}
