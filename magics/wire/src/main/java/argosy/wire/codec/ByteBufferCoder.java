package argosy.wire.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A byte buffer: on the heap with the array that it shares with others, outside with its content.
final class ByteBufferCoder extends Coder<ByteBuffer> {

  private static final int DIRECT = 1;
  private static final int READ_ONLY = 2;
  private static final int LITTLE_ENDIAN = 4;

  private static final Slot ARRAY = slot("hb");
  private static final Slot OFFSET = slot("offset");
  private static final Slot FILE = slot(MappedByteBuffer.class, "fd");

  @Override
  void write(GraphWriter writer, ByteBuffer buffer) {
    if (buffer.isDirect() && Memory.getObject(buffer, FILE.offset()) != null) {
      throw new UnshippableException(
          "a mapped file", "capture its path and map it inside the task, or copy its content");
    }
    GraphOutput out = writer.out();
    out.writeByte(
        (buffer.isDirect() ? DIRECT : 0)
            | (buffer.isReadOnly() ? READ_ONLY : 0)
            | (buffer.order() == ByteOrder.LITTLE_ENDIAN ? LITTLE_ENDIAN : 0));
    out.writeVarInt(buffer.capacity(), true);
    out.writeVarInt(buffer.position(), true);
    out.writeVarInt(buffer.limit(), true);
    if (buffer.isDirect()) {
      byte[] content = new byte[buffer.capacity()];
      buffer.duplicate().clear().get(content);
      writer.value(content);
    } else {
      out.writeVarInt((int) Objects.requireNonNull(get(OFFSET, buffer)), true);
      writer.value(get(ARRAY, buffer));
    }
  }

  @Override
  ByteBuffer read(GraphReader reader, Class<? extends ByteBuffer> type, int id) {
    GraphInput in = reader.in();
    int flags = in.readByte();
    int capacity = in.readVarInt(true);
    int position = in.readVarInt(true);
    int limit = in.readVarInt(true);
    ByteBuffer buffer;
    if ((flags & DIRECT) != 0) {
      byte[] content = array(reader);
      if (capacity > content.length) {
        throw new IllegalStateException("the bytes are damaged: a buffer has less than it holds");
      }
      buffer = ByteBuffer.allocateDirect(capacity);
      buffer.put(content).clear();
    } else {
      int offset = in.readVarInt(true);
      buffer = ByteBuffer.wrap(array(reader));
      if (offset != 0 || capacity != buffer.capacity()) {
        buffer = buffer.slice(offset, capacity);
      }
    }
    buffer = (flags & READ_ONLY) != 0 ? buffer.asReadOnlyBuffer() : buffer;
    buffer.limit(limit).position(position);
    return buffer.order(
        (flags & LITTLE_ENDIAN) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  private static byte[] array(GraphReader reader) {
    return reader.value() instanceof byte[] array ? array : new byte[0];
  }

  private static @Nullable Object get(Slot slot, ByteBuffer buffer) {
    return Memory.get(slot.kind(), buffer, slot.offset());
  }

  private static Slot slot(String name) {
    return slot(ByteBuffer.class, name);
  }

  private static Slot slot(Class<?> owner, String name) {
    try {
      return Slot.of(owner.getDeclaredField(name));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows", e);
    }
  }
}
