package argosy.wire.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotActiveException;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stream that a class's `writeObject` or `writeExternal` sees.
///
/// Primitives collect in a block until something else is written.
///
///     BLOCK length bytes | OBJECT value | FIELDS slots... | NAMED n (name kind value)... | END
final class HookOutput extends ObjectOutputStream {

  static final int END = 0;
  static final int BLOCK = 1;
  static final int OBJECT = 2;
  static final int FIELDS = 3;
  static final int NAMED = 4;

  private final GraphWriter writer;
  private final Object owner;
  private final List<Slot> slots;
  private final ByteArrayOutputStream block = new ByteArrayOutputStream(32);
  private final DataOutputStream data = new DataOutputStream(block);
  private @Nullable NamedFields fields;
  private int objectsWritten;

  HookOutput(GraphWriter writer, Object owner, List<Slot> slots) throws IOException {
    this.writer = writer;
    this.owner = owner;
    this.slots = slots;
  }

  void end() {
    endBlock();
    writer.out().writeByte(END);
  }

  private void endBlock() {
    if (block.size() > 0) {
      writer.out().writeByte(BLOCK);
      writer.out().writeVarInt(block.size(), true);
      writer.out().writeBytes(block.toByteArray());
      block.reset();
    }
  }

  @Override
  protected void writeObjectOverride(@Nullable Object value) {
    endBlock();
    writer.out().writeByte(OBJECT);
    try {
      writer.value(value);
    } catch (UnshippableException e) {
      throw e.at("element[" + objectsWritten + "]");
    }
    objectsWritten++;
  }

  @Override
  public void writeUnshared(@Nullable Object value) {
    writeObjectOverride(value);
  }

  @Override
  public void defaultWriteObject() {
    endBlock();
    writer.out().writeByte(FIELDS);
    for (Slot slot : slots) {
      slot.write(writer, owner);
    }
  }

  @Override
  public PutField putFields() {
    NamedFields named = fields;
    if (named == null) {
      named = new NamedFields();
      fields = named;
    }
    return named;
  }

  @Override
  public void writeFields() throws IOException {
    NamedFields named = fields;
    if (named == null) {
      throw new NotActiveException("putFields comes first");
    }
    endBlock();
    writer.out().writeByte(NAMED);
    writer.out().writeVarInt(named.values.size(), true);
    for (Map.Entry<String, @Nullable Object> field : named.values.entrySet()) {
      writer.out().writeString(field.getKey());
      try {
        writer.value(field.getValue());
      } catch (UnshippableException e) {
        throw e.at("field " + field.getKey());
      }
    }
  }

  @Override
  public void useProtocolVersion(int version) {}

  @Override
  public void reset() {}

  @Override
  public void write(int value) throws IOException {
    data.write(value);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    data.write(bytes);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    data.write(bytes, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  protected void drain() {}

  @Override
  public void close() {}

  @Override
  public void writeBoolean(boolean value) throws IOException {
    data.writeBoolean(value);
  }

  @Override
  public void writeByte(int value) throws IOException {
    data.writeByte(value);
  }

  @Override
  public void writeShort(int value) throws IOException {
    data.writeShort(value);
  }

  @Override
  public void writeChar(int value) throws IOException {
    data.writeChar(value);
  }

  @Override
  public void writeInt(int value) throws IOException {
    data.writeInt(value);
  }

  @Override
  public void writeLong(long value) throws IOException {
    data.writeLong(value);
  }

  @Override
  public void writeFloat(float value) throws IOException {
    data.writeFloat(value);
  }

  @Override
  public void writeDouble(double value) throws IOException {
    data.writeDouble(value);
  }

  @Override
  public void writeBytes(String text) throws IOException {
    data.writeBytes(text);
  }

  @Override
  public void writeChars(String text) throws IOException {
    data.writeChars(text);
  }

  @Override
  public void writeUTF(String text) throws IOException {
    data.writeUTF(text);
  }

  /// Fields by name, for classes that write others than they have.
  private static final class NamedFields extends PutField {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    @Override
    public void put(String name, boolean value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, byte value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, char value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, short value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, int value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, long value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, float value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, double value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, @Nullable Object value) {
      values.put(name, value);
    }

    @Override
    @Deprecated
    public void write(ObjectOutput output) {
      throw new UnsupportedOperationException("use ObjectOutputStream.writeFields");
    }
  }
}
