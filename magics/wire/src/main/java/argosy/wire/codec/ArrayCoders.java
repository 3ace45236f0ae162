package argosy.wire.codec;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// Arrays: primitives in bulk, references one by one.
final class ArrayCoders {

  private ArrayCoders() {}

  /// {@return the coder of an array type}
  static Coder<?> of(Class<?> type) {
    Class<?> element = type.getComponentType();
    if (!element.isPrimitive()) {
      return new Objects();
    }
    return new Primitives(FieldKind.of(element), bytesOf(element));
  }

  /// {@return whether an array of primitives is offered to an outlet}
  static boolean isLarge(Object array) {
    return Array.getLength(array)
        >= Outlet.LARGE_BYTES / bytesOf(array.getClass().getComponentType());
  }

  private static int bytesOf(Class<?> primitive) {
    if (primitive == long.class || primitive == double.class) {
      return Long.BYTES;
    }
    if (primitive == int.class || primitive == float.class) {
      return Integer.BYTES;
    }
    return primitive == short.class || primitive == char.class ? Short.BYTES : Byte.BYTES;
  }

  private static final class Objects extends Coder<@Nullable Object[]> {

    @Override
    void write(GraphWriter writer, @Nullable Object[] array) {
      writer.out().writeVarInt(array.length, true);
      for (int i = 0; i < array.length; i++) {
        try {
          writer.value(array[i]);
        } catch (UnshippableException e) {
          throw e.at("element[" + i + "]");
        }
      }
    }

    @Override
    @Nullable Object[] read(GraphReader reader, Class<? extends @Nullable Object[]> type, int id) {
      int length = reader.in().readLength(1);
      @Nullable Object[] array = (Object[]) Array.newInstance(type.getComponentType(), length);
      reader.reference(id, array);
      reader.in().owe(length);
      for (int i = 0; i < length; i++) {
        reader.in().pay();
        array[i] = reader.value();
      }
      return array;
    }
  }

  private static final class Primitives extends Coder<Object> {

    private static final int PIECE_BYTES = 1 << 20;

    private final FieldKind kind;
    private final int bytesEach;

    Primitives(FieldKind kind, int bytesEach) {
      this.kind = kind;
      this.bytesEach = bytesEach;
    }

    @Override
    void write(GraphWriter writer, Object array) {
      GraphOutput out = writer.out();
      int length = Array.getLength(array);
      out.writeVarInt(length, true);
      if (isLarge(length)) {
        int number = writer.outlet().take(array);
        out.writeVarInt(number + 1, true);
        if (number >= 0) {
          return;
        }
      }
      int piece = PIECE_BYTES / bytesEach;
      for (int from = 0; from < length; from += piece) {
        copy(array, from, Math.min(piece, length - from), out);
      }
    }

    private void copy(Object array, int from, int count, GraphOutput out) {
      switch (kind) {
        case INT -> out.room(count * bytesEach).asIntBuffer().put((int[]) array, from, count);
        case LONG -> out.room(count * bytesEach).asLongBuffer().put((long[]) array, from, count);
        case DOUBLE ->
            out.room(count * bytesEach).asDoubleBuffer().put((double[]) array, from, count);
        case FLOAT -> out.room(count * bytesEach).asFloatBuffer().put((float[]) array, from, count);
        case SHORT -> out.room(count * bytesEach).asShortBuffer().put((short[]) array, from, count);
        case CHAR -> out.room(count * bytesEach).asCharBuffer().put((char[]) array, from, count);
        case BYTE -> out.writeBytes((byte[]) array, from, count);
        case BOOLEAN -> out.writeBooleans((boolean[]) array, from, count);
        case OBJECT -> throw new IllegalStateException("not an array of primitives");
      }
    }

    private boolean isLarge(int length) {
      return length >= Outlet.LARGE_BYTES / bytesEach;
    }

    @Override
    Object read(GraphReader reader, Class<?> type, int id) {
      GraphInput in = reader.in();
      int length = in.readVarInt(true);
      int number = isLarge(length) ? in.readVarInt(true) - 1 : -1;
      if (number >= 0) {
        return brought(reader.inlet().bring(number), type, length);
      }
      in.checkLength(length, bytesEach);
      int size = length * bytesEach;
      return switch (kind) {
        case INT -> {
          int[] array = new int[length];
          in.lend(size).asIntBuffer().get(array);
          yield array;
        }
        case LONG -> {
          long[] array = new long[length];
          in.lend(size).asLongBuffer().get(array);
          yield array;
        }
        case DOUBLE -> {
          double[] array = new double[length];
          in.lend(size).asDoubleBuffer().get(array);
          yield array;
        }
        case FLOAT -> {
          float[] array = new float[length];
          in.lend(size).asFloatBuffer().get(array);
          yield array;
        }
        case SHORT -> {
          short[] array = new short[length];
          in.lend(size).asShortBuffer().get(array);
          yield array;
        }
        case CHAR -> {
          char[] array = new char[length];
          in.lend(size).asCharBuffer().get(array);
          yield array;
        }
        case BYTE -> in.readBytes(length);
        case BOOLEAN -> in.readBooleans(length);
        case OBJECT -> throw new IllegalStateException("not an array of primitives");
      };
    }

    private static Object brought(Object array, Class<?> type, int length) {
      if (array.getClass() != type || Array.getLength(array) != length) {
        throw new IllegalStateException("the bytes are damaged: an array is a " + array.getClass());
      }
      return array;
    }
  }
}
