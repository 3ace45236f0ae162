package argosy.engine.closure;

import argosy.wire.ContentId;
import argosy.wire.PartUse;
import argosy.wire.Payload;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.LambdaShape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Items of a closure's state that workers keep together as long as they do not change: an object
/// graph of its own, which numbers its classes and large values by itself, so that other closures
/// have the same bytes for the same objects.
final class StatePart {

  private final List<Item> items = new ArrayList<>();
  private final StateValues values;
  private final Classes classes;
  private final StateValues.PartValues ownValues;
  private final GraphWriter writer;

  StatePart(ClassTable table, StateValues values) {
    this.values = values;
    this.classes = new Classes(table);
    this.ownValues = values.part();
    this.writer = new GraphWriter(classes, ownValues);
  }

  void add(Item item) {
    items.add(item);
    values.writing(item);
    item.write(writer);
    values.writing(null);
  }

  List<Item> items() {
    return items;
  }

  GraphWriter writer() {
    return writer;
  }

  /// {@return the graph, ready to be sent}
  ///
  /// @param classIds the classes of the closure
  /// @param isReadOnly whether no task changes any of it
  DefinedPart define(List<ContentId> classIds, boolean isReadOnly) {
    byte[] bytes = writer.bytes();
    ByteBuffer names =
        ByteBuffer.allocate(
            2 * Long.BYTES * classes.numbers.size() + Long.BYTES * ownValues.count());
    for (int number : classes.numbers) {
      names.putLong(classIds.get(number).high()).putLong(classIds.get(number).low());
    }
    for (int position : ownValues.positions()) {
      names.putLong(values.stored().get(position).number());
    }
    ContentId id = ContentId.of(names.array(), bytes);
    PartUse use = new PartUse(id, classes.numbers, ownValues.positions(), isReadOnly);
    return new DefinedPart(use, Payload.of(bytes));
  }

  /// Gives classes numbers that only this part knows.
  private static final class Classes implements ClassTable {

    private final ClassTable closure;
    private final List<Integer> numbers = new ArrayList<>();

    Classes(ClassTable closure) {
      this.closure = closure;
    }

    @Override
    public int numberOf(Class<?> type) {
      int number = closure.numberOf(type);
      if (number == BY_NAME) {
        return BY_NAME;
      }
      int known = numbers.indexOf(number);
      if (known < 0) {
        numbers.add(number);
        return numbers.size() - 1;
      }
      return known;
    }

    @Override
    public Class<?> numbered(int number) {
      return closure.numbered(numbers.get(number));
    }

    @Override
    public Class<?> named(String name) throws ClassNotFoundException {
      return closure.named(name);
    }

    @Override
    public void met(LambdaShape lambda) {
      closure.met(lambda);
    }

    @Override
    public void met(Class<?> type) {
      closure.met(type);
    }

    @Override
    public boolean isLiteral(String text) {
      return closure.isLiteral(text);
    }

    @Override
    public String capturedName(LambdaShape lambda, int index) {
      return closure.capturedName(lambda, index);
    }
  }
}
