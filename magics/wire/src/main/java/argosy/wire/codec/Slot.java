package argosy.wire.codec;

import java.io.ObjectStreamField;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One field of a class, as the codec reads and writes it.
record Slot(String name, FieldKind kind, long offset) {

  static Slot of(Field field) {
    return new Slot(field.getName(), FieldKind.of(field.getType()), Memory.offset(field));
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
      Memory.putObject(owner, offset, reader.value());
    } else {
      Memory.put(kind, owner, offset, kind.read(reader.in()));
    }
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
