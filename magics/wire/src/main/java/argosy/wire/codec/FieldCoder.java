package argosy.wire.codec;

import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Any object, field by field; no constructor runs when it is rebuilt.
final class FieldCoder extends Coder<Object> {

  private final List<Slot> slots;
  private final List<Slot> changeable;
  private final @Nullable MethodHandle readResolve;

  FieldCoder(Class<?> type, @Nullable MethodHandle readResolve) {
    this.slots = List.copyOf(Slot.of(type));
    this.changeable = Slot.changeable(type);
    this.readResolve = readResolve;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writeContent(writer, value);
  }

  /// Whether a value can be referred to before its content is read.
  boolean canWait() {
    return readResolve == null;
  }

  void writeContent(GraphWriter writer, Object value) {
    writer.table().met(value.getClass());
    try {
      for (Slot slot : writer.isHashing() ? changeable : slots) {
        slot.write(writer, value);
      }
    } catch (UnshippableException e) {
      Class<?> type = value.getClass();
      throw type.getClassLoader() == null ? e.inside(type) : e;
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type, int id) {
    Object value = Memory.allocate(type);
    reader.reference(id, value);
    readContent(reader, value);
    return Hooks.resolved(readResolve, value);
  }

  void readContent(GraphReader reader, Object value) {
    for (Slot slot : slots) {
      slot.read(reader, value);
    }
  }
}
