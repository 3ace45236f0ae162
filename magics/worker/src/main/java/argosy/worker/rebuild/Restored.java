package argosy.worker.rebuild;

import argosy.wire.codec.EnumState;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.StateItem;
import argosy.worker.resident.ResidentLoader;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item of a closure's state, rebuilt, so that it can be put in place for task after task.
sealed interface Restored {

  /// Puts the item in place.
  ///
  /// @return the closure's function if this is it
  @Nullable Object apply();

  /// {@return whether it is as good for every task, because no task can change it, only take it out
  /// of its place}
  default boolean isUnchanging() {
    return false;
  }

  /// Appends everything that a task could have changed of it.
  void hash(GraphWriter writer);

  /// Reads the next item.
  static Restored read(GraphReader reader) {
    return switch (StateItem.of(reader.readInt())) {
      case FUNCTION -> new Function(reader.read());
      case STATIC -> Static.read(reader);
      case ENUM_CONSTANTS -> {
        EnumState.readConstants(reader);
        yield new Nothing();
      }
      case ENUM_FIELDS -> new EnumFields(EnumState.readFields(reader));
      case RESIDENT -> {
        checkResident(reader.readClass(), String.valueOf(reader.readString()));
        yield new Nothing();
      }
    };
  }

  private static void checkResident(Class<?> owner, String name) {
    if (!(owner.getClassLoader() instanceof ResidentLoader residents)
        || !residents.isSettled(owner)) {
      throw new IllegalStateException(
          (name.isEmpty() ? "the variable that this sets" : "the variable " + name)
              + " lives on the workers, but this one has none: the cell that declares it did not run"
              + " here, or failed; run it with %%px on all workers");
    }
  }

  /// What is in place already.
  record Nothing() implements Restored {
    @Override
    public @Nullable Object apply() {
      return null;
    }

    @Override
    public void hash(GraphWriter writer) {}
  }

  /// The function itself.
  record Function(@Nullable Object function) implements Restored {
    @Override
    public @Nullable Object apply() {
      return function;
    }

    @Override
    public boolean isUnchanging() {
      return Unchanging.isFunction(function);
    }

    @Override
    public void hash(GraphWriter writer) {
      writer.write(function);
    }
  }

  /// A static with its value.
  record Static(Field field, @Nullable Object value) implements Restored {

    static Static read(GraphReader reader) {
      Class<?> owner = reader.readClass();
      String name = String.valueOf(reader.readString());
      try {
        Class<?> holder =
            owner.isInterface()
                ? Class.forName(StateItem.holderOf(owner.getName()), true, owner.getClassLoader())
                : owner;
        Field field = holder.getDeclaredField(name);
        field.setAccessible(true);
        return new Static(field, reader.read());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            owner.getName() + " has no static " + name + " to be restored: " + e, e);
      }
    }

    @Override
    public @Nullable Object apply() {
      try {
        field.set(null, value);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(field + " cannot be restored: " + e, e);
      }
      return null;
    }

    @Override
    public boolean isUnchanging() {
      return value == null || Unchanging.isValue(value) || Unchanging.isLambda(value);
    }

    @Override
    public void hash(GraphWriter writer) {
      writer.write(value);
    }
  }

  /// What the constants of an enum hold.
  record EnumFields(List<EnumState.Held> held) implements Restored {
    @Override
    public @Nullable Object apply() {
      held.forEach(EnumState.Held::putBack);
      return null;
    }

    @Override
    public void hash(GraphWriter writer) {
      held.forEach(each -> writer.write(each.value()));
    }
  }
}
