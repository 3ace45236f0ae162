package argosy.worker.rebuild;

import argosy.wire.Payload;
import argosy.wire.TaskFunction;
import argosy.wire.codec.EnumState;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.StateItem;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A captured function with the statics that it starts from.
///
///     length:4 | constants and plain values | the function and all other statics
///
/// What needs nothing else comes first: code that runs while the rest is rebuilt (a record's
/// constructor, a comparator) finds it there.
final class ClosureState {

  private final byte[] bytes;
  private final int firstLength;
  private int statics;

  ClosureState(Payload state) {
    bytes = state.bytes();
    firstLength = ByteBuffer.wrap(bytes).getInt();
  }

  /// {@return the function, rebuilt; its statics are set}
  TaskFunction<@Nullable Object, @Nullable Object> restore(ShippedClasses table) {
    restoreItems(new GraphReader(table, bytes, Integer.BYTES, firstLength));
    int restStart = Integer.BYTES + firstLength;
    Object function =
        restoreItems(new GraphReader(table, bytes, restStart, bytes.length - restStart));
    if (!(function instanceof TaskFunction)) {
      throw new IllegalStateException("the closure's function is no TaskFunction: " + function);
    }
    @SuppressWarnings("unchecked") // the engine captured it so
    TaskFunction<@Nullable Object, @Nullable Object> typed =
        (TaskFunction<@Nullable Object, @Nullable Object>) function;
    return typed;
  }

  /// {@return whether the function is all that there is to restore; known once it has been}
  boolean isFunctionAlone() {
    return statics == 0;
  }

  private @Nullable Object restoreItems(GraphReader reader) {
    Object function = null;
    while (!reader.isAtEnd()) {
      StateItem item = StateItem.of(reader.readInt());
      statics += item == StateItem.FUNCTION ? 0 : 1;
      switch (item) {
        case FUNCTION -> function = reader.read();
        case STATIC -> restoreStatic(reader);
        case ENUM_CONSTANTS -> EnumState.readConstants(reader);
        case ENUM_FIELDS -> EnumState.readFields(reader);
      }
    }
    return function;
  }

  private static void restoreStatic(GraphReader reader) {
    Class<?> owner = reader.readClass();
    String name = reader.readString();
    try {
      Class<?> holder =
          owner.isInterface()
              ? Class.forName(StateItem.holderOf(owner.getName()), true, owner.getClassLoader())
              : owner;
      Field field = holder.getDeclaredField(name);
      field.setAccessible(true);
      field.set(null, reader.read());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          owner.getName() + " has no static " + name + " to be restored: " + e, e);
    }
  }
}
