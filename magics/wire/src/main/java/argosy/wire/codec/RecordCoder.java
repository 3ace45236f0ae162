package argosy.wire.codec;

import argosy.wire.TaskFunction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record, rebuilt through its canonical constructor; but one that holds itself, which no
/// constructor could have been given, field by field.
final class RecordCoder extends Coder<Object> {

  private final List<Slot> slots;
  private final MethodHandle constructor;
  private final @Nullable MethodHandle readResolve;
  private final boolean isAdapter;

  RecordCoder(Class<?> type, @Nullable MethodHandle readResolve) {
    this.readResolve = readResolve;
    RecordComponent[] components = type.getRecordComponents();
    List<Slot> found = new ArrayList<>();
    try {
      for (RecordComponent component : components) {
        found.add(Slot.of(type.getDeclaredField(component.getName())));
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      constructor =
          Memory.LOOKUP
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asFixedArity()
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every record has its fields and constructor", e);
    }
    slots = List.copyOf(found);
    isAdapter = TaskFunction.class.isAssignableFrom(type);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.table().met(value.getClass());
    writer.cyclicFlag();
    if (!isAdapter) {
      writer.contentNeeded();
    }
    for (Slot slot : slots) {
      if (isAdapter && slot.kind() == FieldKind.OBJECT) {
        writer.value(Memory.getObject(value, slot.offset())); // no element in the user's path
      } else {
        slot.write(writer, value);
      }
    }
    if (!isAdapter) {
      writer.contentWritten();
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type, int id) {
    if (reader.in().readByte() != 0) {
      Object value = Memory.allocate(type);
      reader.reference(id, value);
      for (Slot slot : slots) {
        slot.read(reader, value);
      }
      return Hooks.resolved(readResolve, value);
    }
    @Nullable Object[] components = new @Nullable Object[slots.size()];
    for (int i = 0; i < components.length; i++) {
      FieldKind kind = slots.get(i).kind();
      components[i] = kind == FieldKind.OBJECT ? reader.value() : kind.read(reader.in());
    }
    try {
      return Hooks.resolved(readResolve, (Object) constructor.invokeExact(components));
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }
}
