package argosy.wire.codec;

import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A buffer: on the heap with the array or the bytes that it shares with others, outside of it with
/// its content.
/*
 * Field by field it could not travel: a buffer holds the address of its memory, which means nothing
 * in another process, and even that of an array depends on the options of the JVM.
 */
final class BufferCoder extends Coder<Buffer> {

  private static final int DIRECT = 1;
  private static final int READ_ONLY = 2;
  private static final int LITTLE_ENDIAN = 4;
  private static final int VIEW_OF_BYTES = 8;

  private static final Slot ADDRESS = slot(Buffer.class, "address");
  private static final Slot MARK = slot(Buffer.class, "mark");
  private static final Slot FILE = slot(MappedByteBuffer.class, "fd");

  private final BufferElement<?, ?> element;
  private final Slot array;
  private final Slot offset;

  /// What the memory belongs to: the bytes that this is a view of, or that it is a part of.
  private final @Nullable Slot bytes;

  BufferCoder(Class<?> type) {
    element = BufferElement.of(type);
    array = slot(element.type(), "hb");
    offset = slot(element.type(), "offset");
    bytes = inherited(type);
  }

  /// {@return whether buffers of this class have memory; one of a text is an object like others}
  static boolean isFor(Class<?> type) {
    return Buffer.class.isAssignableFrom(type)
        && !type.getName().equals("java.nio.StringCharBuffer");
  }

  /// {@return how the buffers of a class travel}
  static Coding coding(Class<?> type) {
    BufferCoder coder = new BufferCoder(type);
    return Coding.of(coder.element.type(), coder);
  }

  @Override
  void write(GraphWriter writer, Buffer buffer) {
    Object heap = Memory.getObject(buffer, array.offset());
    Object whole = bytes == null ? null : Memory.getObject(buffer, bytes.offset());
    if (isMapped(buffer) || isMapped(whole)) {
      throw new UnshippableException(
          "a mapped file", "capture its path and map it inside the task, or copy its content");
    }
    boolean isView = heap == null && !buffer.isDirect();
    GraphOutput out = writer.out();
    out.writeByte(
        (buffer.isDirect() ? DIRECT : 0)
            | (buffer.isReadOnly() ? READ_ONLY : 0)
            | (element.order(buffer) == ByteOrder.LITTLE_ENDIAN ? LITTLE_ENDIAN : 0)
            | (isView ? VIEW_OF_BYTES : 0));
    out.writeVarInt(buffer.capacity(), true);
    out.writeVarInt(buffer.position(), true);
    out.writeVarInt(buffer.limit(), true);
    out.writeVarInt(1 + (int) number(MARK, buffer), true);
    if (isView) {
      Object viewed = Objects.requireNonNull(whole);
      out.writeVarInt(Math.toIntExact(number(ADDRESS, buffer) - number(ADDRESS, viewed)), true);
      writer.value(viewed);
    } else if (heap == null) {
      writer.value(element.content(buffer));
    } else {
      out.writeVarInt((int) number(offset, buffer), true);
      writer.value(heap);
    }
  }

  @Override
  Buffer read(GraphReader reader, Class<? extends Buffer> type, int id) {
    GraphInput in = reader.in();
    int flags = in.readByte();
    int capacity = in.readVarInt(true);
    int position = in.readVarInt(true);
    int limit = in.readVarInt(true);
    int mark = in.readVarInt(true) - 1;
    boolean isInPlace = mark <= position && position <= limit && limit <= capacity;
    if (!isInPlace || mark < -1 || position < 0) {
      throw new IllegalStateException("the bytes are damaged: a buffer ends before its position");
    }
    Buffer buffer = memory(reader, flags, capacity);
    if ((flags & READ_ONLY) != 0) {
      buffer = element.readOnly(buffer);
    }
    if (mark >= 0) {
      buffer.position(mark).mark();
    }
    buffer.limit(limit).position(position);
    return buffer instanceof ByteBuffer ordered ? ordered.order(order(flags)) : buffer;
  }

  private Buffer memory(GraphReader reader, int flags, int capacity) {
    if ((flags & DIRECT) != 0) {
      byte[] content = held(reader, byte[].class);
      ByteBuffer copy = ByteBuffer.allocateDirect(content.length).put(content).clear();
      return part(element.over(copy.order(order(flags))), 0, capacity);
    }
    int start = reader.in().readVarInt(true);
    if ((flags & VIEW_OF_BYTES) != 0) {
      ByteBuffer whole = held(reader, ByteBuffer.class).duplicate().clear();
      Buffer from = part(whole, start, whole.capacity() - start);
      return part(element.over(((ByteBuffer) from).order(order(flags))), 0, capacity);
    }
    return part(element.wrapped(held(reader, element.array())), start, capacity);
  }

  private static Buffer part(Buffer buffer, int start, int length) {
    if (start < 0 || length < 0 || length > buffer.capacity() - start) {
      throw new IllegalStateException("the bytes are damaged: a buffer has less than it holds");
    }
    return start == 0 && length == buffer.capacity() ? buffer : buffer.slice(start, length);
  }

  private static <T> T held(GraphReader reader, Class<T> type) {
    Object value = reader.value();
    if (!type.isInstance(value)) {
      throw new IllegalStateException("the bytes are damaged: a buffer without its memory");
    }
    return type.cast(value);
  }

  private static ByteOrder order(int flags) {
    return (flags & LITTLE_ENDIAN) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  private static boolean isMapped(@Nullable Object buffer) {
    return buffer instanceof MappedByteBuffer && Memory.getObject(buffer, FILE.offset()) != null;
  }

  private static long number(Slot slot, Object buffer) {
    Object number = Objects.requireNonNull(Memory.get(slot.kind(), buffer, slot.offset()));
    return ((Number) number).longValue();
  }

  /// {@return the field of a view that holds the bytes it views, or of a part that holds the whole}
  private static @Nullable Slot inherited(Class<?> type) {
    for (Class<?> each = type; each != null && each != Buffer.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals("bb") || field.getName().equals("att")) {
          return Slot.of(field);
        }
      }
    }
    return null;
  }

  private static Slot slot(Class<?> owner, String name) {
    try {
      return Slot.of(owner.getDeclaredField(name));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows", e);
    }
  }
}
