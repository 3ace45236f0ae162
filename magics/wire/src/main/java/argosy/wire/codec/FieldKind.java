package argosy.wire.codec;

import java.util.Map;

/// What a field holds.
enum FieldKind {
  OBJECT,
  INT,
  LONG,
  DOUBLE,
  FLOAT,
  BOOLEAN,
  BYTE,
  SHORT,
  CHAR;

  private static final Map<Class<?>, FieldKind> PRIMITIVES =
      Map.of(
          int.class, INT,
          long.class, LONG,
          double.class, DOUBLE,
          float.class, FLOAT,
          boolean.class, BOOLEAN,
          byte.class, BYTE,
          short.class, SHORT,
          char.class, CHAR);

  static FieldKind of(Class<?> type) {
    return PRIMITIVES.getOrDefault(type, OBJECT);
  }

  /// {@return what a field of this kind holds before anything is written to it}
  @org.jspecify.annotations.Nullable Object zero() {
    return switch (this) {
      case OBJECT -> null;
      case INT -> 0;
      case LONG -> 0L;
      case DOUBLE -> 0.0;
      case FLOAT -> 0.0f;
      case BOOLEAN -> false;
      case BYTE -> (byte) 0;
      case SHORT -> (short) 0;
      case CHAR -> '\0';
    };
  }

  /// Reads a primitive of this kind, boxed.
  Object read(GraphInput in) {
    return switch (this) {
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case DOUBLE -> in.readDouble();
      case FLOAT -> in.readFloat();
      case BOOLEAN -> in.readBoolean();
      case BYTE -> in.readByte();
      case SHORT -> in.readShort();
      case CHAR -> in.readChar();
      case OBJECT -> throw new IllegalStateException("a reference is not a primitive");
    };
  }

  /// Writes a boxed primitive of this kind.
  void write(GraphOutput out, Object boxed) {
    switch (this) {
      case INT -> out.writeInt((int) boxed);
      case LONG -> out.writeLong((long) boxed);
      case DOUBLE -> out.writeDouble((double) boxed);
      case FLOAT -> out.writeFloat((float) boxed);
      case BOOLEAN -> out.writeBoolean((boolean) boxed);
      case BYTE -> out.writeByte((byte) boxed);
      case SHORT -> out.writeShort((short) boxed);
      case CHAR -> out.writeChar((char) boxed);
      case OBJECT -> throw new IllegalStateException("a reference is not a primitive");
    }
  }
}
