package argosy.engine.closure;

import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.wire.ContentId;
import argosy.wire.ValueUse;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.EnumState;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.Outlet;
import argosy.wire.codec.StateItem;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

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

  /// The items of `rest`, in order, by the number of their first object.
  private final NavigableMap<Integer, Item> starts = new TreeMap<>();

  /// Which items have objects in common, each way.
  private final IdentityHashMap<Item, Set<Item>> sharing = new IdentityHashMap<>();

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
      writeToRest(item);
    } else if (!rest.writeWithin(PART_BYTES, () -> writeToRest(item))) {
      StatePart part = new StatePart(table, values);
      parts.add(part);
      part.add(item);
    }
  }

  private void writeToRest(Item item) {
    values.writing(item);
    rest.startItem();
    starts.put(rest.objectCount(), item);
    item.write(rest);
    for (int object : rest.metOfOtherItems()) {
      Item other = starts.floorEntry(object).getValue();
      sharing.computeIfAbsent(item, _ -> Item.set()).add(other);
      sharing.computeIfAbsent(other, _ -> Item.set()).add(item);
    }
    values.writing(null);
  }

  /// {@return these items, and all that reach some of their objects}
  private Set<Item> reaching(Collection<Item> start) {
    Set<Item> all = Item.set();
    all.addAll(start);
    Deque<Item> toDo = new ArrayDeque<>(all);
    for (Item next = toDo.poll(); next != null; next = toDo.poll()) {
      for (Item other : sharing.getOrDefault(next, Set.of())) {
        if (all.add(other)) {
          toDo.add(other);
        }
      }
    }
    return all;
  }

  /// {@return how the closure uses its large values}
  List<ValueUse> valueUses(Writes writes) {
    List<StoredValue> stored = values.stored();
    return values.uses(position -> {
      Set<Item> items = reaching(values.users(position));
      for (StatePart part : parts) {
        if (part.items().stream().anyMatch(items::contains)) {
          items.addAll(part.items()); // one graph: who changes it may reach the value through it
        }
      }
      return writes.leaves(stored.get(position).form().kind(), items);
    });
  }

  /// {@return the parts, ready to be sent}
  ///
  /// @param classIds the classes of the closure
  /// @param isUnderstood tells of which classes all code that changes their objects is known
  List<DefinedPart> define(
      List<ContentId> classIds, Writes writes, Predicate<Class<?>> isUnderstood) {
    List<DefinedPart> defined = new ArrayList<>(parts.size());
    for (StatePart part : parts) {
      boolean isReadOnly = writes.leaves(part.items()) && part.writer().holdsOnly(isUnderstood);
      defined.add(part.define(classIds, isReadOnly));
    }
    return defined;
  }

  /// {@return whether there is anything that workers keep}
  boolean isLarge() {
    return !parts.isEmpty() || values.count() > 0;
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
      starts.clear();
      List<Item> ordered = new ArrayList<>(items.reversed());
      ordered.sort(Comparator.comparing(item -> !isText(item)));
      ordered.forEach(this::writeToRest);
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
        part.items().forEach(this::writeToRest);
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
