package argosy.wire.codec;

import java.io.ObjectStreamField;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One field of a class, as the codec reads and writes it.
///
/// @param content what its values are instances of; that of a primitive is the class of its boxes
record Slot(Class<?> owner, String name, FieldKind kind, Class<?> content, long offset) {

  static Slot of(Field field) {
    Class<?> type = field.getType();
    Class<?> content = MethodType.methodType(type).wrap().returnType();
    return new Slot(
        field.getDeclaringClass(),
        field.getName(),
        FieldKind.of(type),
        content,
        Memory.offset(field));
  }

  /// {@return the fields that a class itself declares and that travel}
  static List<Slot> declaredBy(Class<?> type) {
    List<Slot> slots = new ArrayList<>();
    Set<String> persistent = persistent(type);
    for (Field field : type.getDeclaredFields()) {
      boolean travels =
          persistent == null
              ? !Modifier.isTransient(field.getModifiers())
              : persistent.contains(field.getName());
      if (travels && !Modifier.isStatic(field.getModifiers())) {
        slots.add(of(field));
      }
    }
    return List.copyOf(slots);
  }

  /// {@return the fields of a class and all its superclasses that travel, topmost first}
  static List<Slot> of(Class<?> type) {
    List<Slot> slots = new ArrayList<>();
    Class<?> superclass = type.getSuperclass();
    if (superclass != null) {
      slots.addAll(of(superclass));
    }
    slots.addAll(declaredBy(type));
    return slots;
  }

  /// {@return the fields of an object that its task can change and that another one would see: all,
  /// but what the platform's own classes call transient is a cache}
  static List<Slot> changeable(Class<?> type) {
    List<Slot> slots = new ArrayList<>();
    Class<?> superclass = type.getSuperclass();
    if (superclass != null) {
      slots.addAll(changeable(superclass));
    }
    if (type.getClassLoader() == null) {
      slots.addAll(declaredBy(type));
      return slots;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        slots.add(of(field));
      }
    }
    return slots;
  }

  private static @Nullable Set<String> persistent(Class<?> type) {
    try {
      Field field = type.getDeclaredField("serialPersistentFields");
      if (!Modifier.isStatic(field.getModifiers())
          || field.getType() != ObjectStreamField[].class) {
        return null;
      }
      Object declared = Memory.LOOKUP.unreflectGetter(field).invoke();
      Set<String> names = new HashSet<>();
      for (ObjectStreamField each : (ObjectStreamField[]) declared) {
        names.add(each.getName());
      }
      return names;
    } catch (NoSuchFieldException e) {
      return null;
    } catch (Throwable e) {
      throw Thrower.unchecked(e);
    }
  }

  /// Writes this field of `owner`.
  void write(GraphWriter writer, Object owner) {
    if (kind != FieldKind.OBJECT) {
      Memory.write(writer.out(), kind, owner, offset);
      return;
    }
    try {
      writer.value(Memory.getObject(owner, offset));
    } catch (UnshippableException e) {
      throw e.at(pathElement());
    }
  }

  /// Reads this field into `owner`.
  void read(GraphReader reader, Object owner) {
    if (kind == FieldKind.OBJECT) {
      Object value = reader.value();
      check(value);
      Memory.putObject(owner, offset, value);
    } else {
      Memory.put(kind, owner, offset, kind.read(reader.in()));
    }
  }

  /// Sets this field of `owner` to what was read, boxed if it is a primitive.
  void set(Object owner, @Nullable Object value) {
    check(value);
    Memory.put(kind, owner, offset, value);
  }

  /// Checks that this field can hold what was read. Nothing below would: code that is compiled
  /// against the field's type would take any other object for one of that type.
  private void check(@Nullable Object value) {
    boolean fits =
        value == null
            ? kind == FieldKind.OBJECT
            : content == Object.class || content.isInstance(value);
    if (!fits) {
      throw new IllegalStateException(unfit(value));
    }
  }

  private String unfit(@Nullable Object value) {
    String found = value == null ? "null" : value.getClass().getName();
    String expected = content.getName();
    String text =
        "field " + name + " of " + owner.getName() + " holds " + expected + ", but found " + found;
    return found.equals(expected) ? text + " of another definition" : text;
  }

  private String pathElement() {
    if (name.startsWith("val$")) {
      return "captured " + name.substring(4);
    }
    if (name.startsWith("this$")) {
      return "enclosing object";
    }
    return "field " + name;
  }
}
