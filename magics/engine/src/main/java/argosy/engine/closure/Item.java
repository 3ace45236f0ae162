package argosy.engine.closure;

import argosy.wire.codec.EnumState;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.StateItem;
import argosy.wire.codec.UnshippableException;
import org.jspecify.annotations.Nullable;

/// One part of a closure's state.
sealed interface Item {

  /// Appends this to the state.
  void write(GraphWriter writer);

  /// The function itself.
  record Function(Object function) implements Item {
    @Override
    public void write(GraphWriter writer) {
      writer.writeInt(StateItem.FUNCTION.tag());
      writer.write(function);
    }
  }

  /// A static with its value.
  record Variable(Class<?> owner, String name, @Nullable Object value) implements Item {
    @Override
    public void write(GraphWriter writer) {
      writer.writeInt(StateItem.STATIC.tag());
      writer.writeClass(owner);
      writer.writeString(name);
      try {
        writer.write(value);
      } catch (UnshippableException e) {
        throw e.at(ShownNames.variable(owner, name));
      }
    }
  }

  /// What the constants of an enum hold.
  record EnumFields(Class<?> type) implements Item {
    @Override
    public void write(GraphWriter writer) {
      writer.writeInt(StateItem.ENUM_FIELDS.tag());
      try {
        EnumState.writeFields(writer, type);
      } catch (UnshippableException e) {
        throw e.at("enum " + type.getSimpleName());
      }
    }
  }
}
