package argosy.wire.codec;

import java.io.InputStream;
import java.io.PrintStream;

/// The standard streams, which become the other process's own.
enum StandardStream {
  OUT,
  ERR,
  IN;

  /// {@return the constant for a standard stream of this process, or `value` itself}
  @SuppressWarnings("ReferenceEquality") // the stream itself, not one like it
  static Object replacing(Object value) {
    if (value instanceof PrintStream) {
      return value == System.out ? OUT : value == System.err ? ERR : value;
    }
    return value instanceof InputStream && value == System.in ? IN : value;
  }

  /// {@return this process's own stream}
  Object here() {
    return switch (this) {
      case OUT -> System.out;
      case ERR -> System.err;
      case IN -> System.in;
    };
  }

  /// By its number, and read as the stream itself.
  static final class OfStream extends Coder<Object> {

    @Override
    void write(GraphWriter writer, Object stream) {
      writer.out().writeString(((StandardStream) stream).name());
    }

    @Override
    Object read(GraphReader reader, Class<?> type, int id) {
      return StandardStream.valueOf(reader.in().readString()).here();
    }
  }
}
