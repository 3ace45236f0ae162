package argosy.wire.codec;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What a buffer consists of, and what is done alike with the buffers of all elements.
///
/// @param type the class of its buffers
/// @param bytes how large one is
/// @param array the class of arrays with this element
/// @param wrap makes a buffer of an array
/// @param view makes one of bytes
/// @param put fills one from another
/// @param readOnly makes one that cannot be written
/// @param order tells its byte order
record BufferElement<B extends Buffer, A>(
    Class<B> type,
    int bytes,
    Class<A> array,
    Function<A, B> wrap,
    Function<ByteBuffer, B> view,
    BiFunction<B, B, B> put,
    UnaryOperator<B> readOnly,
    Function<B, ByteOrder> order) {

  private static final List<BufferElement<?, ?>> ALL =
      List.of(
          new BufferElement<>(
              ByteBuffer.class,
              Byte.BYTES,
              byte[].class,
              ByteBuffer::wrap,
              bytes -> bytes,
              ByteBuffer::put,
              ByteBuffer::asReadOnlyBuffer,
              ByteBuffer::order),
          new BufferElement<>(
              CharBuffer.class,
              Character.BYTES,
              char[].class,
              CharBuffer::wrap,
              ByteBuffer::asCharBuffer,
              CharBuffer::put,
              CharBuffer::asReadOnlyBuffer,
              CharBuffer::order),
          new BufferElement<>(
              ShortBuffer.class,
              Short.BYTES,
              short[].class,
              ShortBuffer::wrap,
              ByteBuffer::asShortBuffer,
              ShortBuffer::put,
              ShortBuffer::asReadOnlyBuffer,
              ShortBuffer::order),
          new BufferElement<>(
              IntBuffer.class,
              Integer.BYTES,
              int[].class,
              IntBuffer::wrap,
              ByteBuffer::asIntBuffer,
              IntBuffer::put,
              IntBuffer::asReadOnlyBuffer,
              IntBuffer::order),
          new BufferElement<>(
              LongBuffer.class,
              Long.BYTES,
              long[].class,
              LongBuffer::wrap,
              ByteBuffer::asLongBuffer,
              LongBuffer::put,
              LongBuffer::asReadOnlyBuffer,
              LongBuffer::order),
          new BufferElement<>(
              FloatBuffer.class,
              Float.BYTES,
              float[].class,
              FloatBuffer::wrap,
              ByteBuffer::asFloatBuffer,
              FloatBuffer::put,
              FloatBuffer::asReadOnlyBuffer,
              FloatBuffer::order),
          new BufferElement<>(
              DoubleBuffer.class,
              Double.BYTES,
              double[].class,
              DoubleBuffer::wrap,
              ByteBuffer::asDoubleBuffer,
              DoubleBuffer::put,
              DoubleBuffer::asReadOnlyBuffer,
              DoubleBuffer::order));

  /// {@return the element of buffers of this class}
  static BufferElement<?, ?> of(Class<?> bufferType) {
    for (BufferElement<?, ?> each : ALL) {
      if (each.type.isAssignableFrom(bufferType)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no kind of buffer: " + bufferType);
  }

  ByteOrder order(Buffer buffer) {
    return order.apply(type.cast(buffer));
  }

  /// {@return a copy of all its elements, as bytes in its own order}
  byte[] content(Buffer buffer) {
    byte[] content = new byte[Math.multiplyExact(buffer.capacity(), bytes)];
    B target = view.apply(ByteBuffer.wrap(content).order(order(buffer)));
    B ignored = put.apply(target, type.cast(buffer.duplicate().clear()));
    return content;
  }

  /// {@return a buffer of this element on what these bytes stand in}
  Buffer over(ByteBuffer content) {
    return view.apply(content);
  }

  Buffer wrapped(Object content) {
    return wrap.apply(array.cast(content));
  }

  Buffer readOnly(Buffer buffer) {
    return readOnly.apply(type.cast(buffer));
  }
}
