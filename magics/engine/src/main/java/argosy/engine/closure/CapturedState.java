package argosy.engine.closure;

import argosy.engine.memory.ValueStore;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.EnumState;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.Outlet;
import argosy.wire.codec.StateItem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The state that a closure starts from, as graphs.
/*
 * Small items share one graph, which workers rebuild for each task. An item that takes much room gets
 * a graph of its own, a part, which workers keep while it does not change. Items that have objects in
 * common are one graph, so that the objects stay common.
 */
final class CapturedState {

  /// An item of more bytes is a part of its own; its large arrays and strings do not count, because
  /// they travel beside the graph.
  private static final int PART_BYTES = Outlet.LARGE_BYTES;

  private final ClassTable table;
  private final StateValues values;
  private final GraphWriter first;
  private final List<Item> plain = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private final List<StatePart> parts = new ArrayList<>();
  private GraphWriter rest;
  private boolean isSettled;

  CapturedState(ClassTable table, ValueStore store) {
    this.table = table;
    this.values = new StateValues(store);
    this.first = new GraphWriter(table, values);
    this.rest = new GraphWriter(table, values);
  }

  /// Adds the constants of an enum.
  void addConstants(Class<?> type) {
    first.writeInt(StateItem.ENUM_CONSTANTS.tag());
    EnumState.writeConstants(first, type);
  }

  /// Adds an item that refers to nothing and that code may need which runs while others are
  /// rebuilt.
  void addFirst(Item item) {
    plain.add(item);
    item.write(first);
  }

  void add(Item item) {
    items.add(item);
    if (isSettled) {
      item.write(rest);
    } else if (!rest.writeWithin(PART_BYTES, () -> item.write(rest))) {
      StatePart part = new StatePart(table, values);
      parts.add(part);
      part.add(item);
    }
  }

  /// Says that all items of the function itself are here.
  ///
  /// @param runsCode whether code of cells runs while they are rebuilt. Then those come first that
  ///   were found last, because that code was found through a value, and so were the statics that
  ///   it reads, and texts before all others; and nothing is kept, because what that code does it
  ///   must do for each task
  void settle(boolean runsCode) {
    if (runsCode) {
      rest = new GraphWriter(table, values);
      List<Item> ordered = new ArrayList<>(items.reversed());
      ordered.sort(Comparator.comparing(item -> !isText(item)));
      ordered.forEach(item -> item.write(rest));
      parts.clear();
    } else {
      separate();
    }
    isSettled = true;
  }

  private static boolean isText(Item item) {
    return item instanceof Item.Variable variable && variable.value() instanceof String;
  }

  boolean isSettled() {
    return isSettled;
  }

  /// {@return the function and the statics, in the order in which they were found}
  List<Item> items() {
    List<Item> all = new ArrayList<>(plain);
    all.addAll(items);
    return all;
  }

  /// Puts parts together that share objects.
  private void separate() {
    for (int i = 0; i < parts.size(); i++) {
      StatePart part = parts.get(i);
      if (part.writer().sharesWith(rest)) {
        parts.remove(i);
        part.items().forEach(item -> item.write(rest));
        i = -1; // what is there now may share with a part that was looked at before
        continue;
      }
      for (int j = i + 1; j < parts.size(); j++) {
        if (part.writer().sharesWith(parts.get(j).writer())) {
          parts.remove(j).items().forEach(part::add);
          j = i;
        }
      }
    }
  }

  /// {@return how many bytes the graphs have, which grows with everything that is added}
  int size() {
    return first.size() + rest.size();
  }

  StateValues values() {
    return values;
  }

  List<StatePart> parts() {
    return parts;
  }

  /// {@return what is rebuilt for each task}
  byte[] bytes() {
    byte[] start = first.bytes();
    byte[] end = rest.bytes();
    return ByteBuffer.allocate(Integer.BYTES + start.length + end.length)
        .putInt(start.length)
        .put(start)
        .put(end)
        .array();
  }
}
