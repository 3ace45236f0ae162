package argosy.wire.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The constants of an enum whose static initializer does not run on the other end.
///
/// The constants are made once, so that they stay the same objects; what their fields hold is set
/// anew each time.
public final class EnumState {

  private static final Slot NAME = slot("name");
  private static final Slot ORDINAL = slot("ordinal");

  private EnumState() {}

  /// Appends which constants a class has.
  public static void writeConstants(GraphWriter writer, Class<?> type) {
    Object[] constants = type.getEnumConstants();
    writer.writeClass(type);
    writer.writeInt(constants.length);
    for (Object constant : constants) {
      writer.writeString(((Enum<?>) constant).name());
      writer.writeClass(constant.getClass());
    }
  }

  /// Makes the constants that [#writeConstants] named, unless the class has them already.
  public static void readConstants(GraphReader reader) {
    Class<?> type = reader.readClass();
    int count = reader.in().readLength(1);
    Object values = Array.newInstance(type, count);
    boolean isNew = false;
    try {
      for (int i = 0; i < count; i++) {
        String name =
            Objects.requireNonNull(reader.readString(), "a constant has no name").intern();
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        Class<?> constantType = reader.readClass();
        Object constant = field.get(null);
        if (constant == null) {
          if (!Enum.class.isAssignableFrom(type) || !type.isAssignableFrom(constantType)) {
            throw new IllegalStateException(
                "the bytes are damaged: " + constantType + " is no constant's of " + type);
          }
          constant = Memory.allocate(constantType);
          NAME.set(constant, name);
          ORDINAL.set(constant, i);
          field.set(null, constant);
          isNew = true;
        }
        Array.set(values, i, constant);
      }
      if (isNew) {
        setValues(type, values);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot get its constants: " + e, e);
    }
  }

  /// Appends what the fields of an enum's constants hold.
  public static void writeFields(GraphWriter writer, Class<?> type) {
    writer.writeClass(type);
    for (Object constant : type.getEnumConstants()) {
      writer.writeFields(constant, slots(constant));
    }
  }

  /// Sets what [#writeFields] wrote.
  ///
  /// @return it, so that it can be put back later
  public static List<Held> readFields(GraphReader reader) {
    List<Held> held = new ArrayList<>();
    for (Object constant : reader.readClass().getEnumConstants()) {
      List<Slot> slots = slots(constant);
      reader.readFields(constant, slots);
      for (Slot slot : slots) {
        held.add(new Held(constant, slot, Memory.get(slot.kind(), constant, slot.offset())));
      }
    }
    return held;
  }

  /// What a field of an enum's constant held when it was read.
  public static final class Held {

    private final Object constant;
    private final Slot slot;
    private final @Nullable Object value;

    private Held(Object constant, Slot slot, @Nullable Object value) {
      this.constant = constant;
      this.slot = slot;
      this.value = value;
    }

    /// {@return what the field held, boxed if it is a primitive}
    public @Nullable Object value() {
      return value;
    }

    /// Sets the field again.
    public void putBack() {
      Memory.put(slot.kind(), constant, slot.offset(), value);
    }
  }

  /// {@return whether the constants of an enum hold anything besides their names}
  public static boolean hasFields(Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (!slots(constant).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<Slot> slots(Object constant) {
    Class<?> type = constant.getClass();
    List<Slot> own = Slot.declaredBy(type);
    Class<?> parent = type.getSuperclass();
    if (parent == Enum.class) {
      return own;
    }
    List<Slot> all = new ArrayList<>(Slot.declaredBy(parent));
    all.addAll(own);
    return all;
  }

  private static void setValues(Class<?> type, Object values) throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      if (field.isSynthetic()
          && Modifier.isStatic(field.getModifiers())
          && field.getType() == values.getClass()) {
        field.setAccessible(true);
        field.set(null, values);
      }
    }
  }

  private static Slot slot(String name) {
    try {
      return Slot.of(Enum.class.getDeclaredField(name));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every enum has a " + name, e);
    }
  }
}
