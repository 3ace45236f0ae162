package argosy.wire.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;

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
    int count = reader.readInt();
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
          constant = Memory.allocate(constantType);
          Memory.put(FieldKind.OBJECT, constant, NAME.offset(), name);
          Memory.put(FieldKind.INT, constant, ORDINAL.offset(), i);
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
  public static void readFields(GraphReader reader) {
    for (Object constant : reader.readClass().getEnumConstants()) {
      reader.readFields(constant, slots(constant));
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
    List<Slot> all = new java.util.ArrayList<>(Slot.declaredBy(parent));
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
