package argosy.wire.codec;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectInputValidation;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stream that a class's `readObject` or `readExternal` sees; the other side of [HookOutput].
final class HookInput extends ObjectInputStream {

  private final GraphReader reader;
  private final Object owner;
  private final List<Slot> slots;
  private final DataInputStream data = new DataInputStream(new Blocks());
  private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);

  HookInput(GraphReader reader, Object owner, List<Slot> slots) throws IOException {
    this.reader = reader;
    this.owner = owner;
    this.slots = slots;
    setObjectInputFilter(this::check);
  }

  /// The JDK's collections ask before they make room for as many elements as the stream announces.
  private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
    return reader.in().isWorth(info.arrayLength())
        ? ObjectInputFilter.Status.UNDECIDED
        : ObjectInputFilter.Status.REJECTED;
  }

  /// Skips what was written and not read.
  void end() {
    while (true) {
      switch (reader.in().readByte()) {
        case HookOutput.END -> {
          return;
        }
        case HookOutput.BLOCK -> reader.in().skip(reader.in().readLength(1));
        case HookOutput.OBJECT -> reader.value();
        case HookOutput.FIELDS -> readSlots();
        case HookOutput.NAMED -> readNamed();
        default -> throw new IllegalStateException("the bytes are damaged: no such item");
      }
    }
  }

  @Override
  protected @Nullable Object readObjectOverride() throws IOException {
    if (block.available() > 0) {
      throw new StreamCorruptedException("there are primitives where an object is wanted");
    }
    if (reader.in().peek() != HookOutput.OBJECT) {
      throw new EOFException("no object is left");
    }
    reader.in().readByte();
    return reader.value();
  }

  @Override
  public @Nullable Object readUnshared() throws IOException {
    return readObjectOverride();
  }

  @Override
  public void defaultReadObject() throws IOException {
    for (Map.Entry<String, @Nullable Object> field : readFieldItem().entrySet()) {
      for (Slot slot : slots) {
        if (slot.name().equals(field.getKey())) {
          slot.set(owner, field.getValue());
        }
      }
    }
  }

  @Override
  public GetField readFields() throws IOException {
    return new NamedFields(readFieldItem());
  }

  private Map<String, @Nullable Object> readFieldItem() throws IOException {
    int tag = reader.in().peek();
    if (tag == HookOutput.FIELDS) {
      reader.in().readByte();
      return readSlots();
    }
    if (tag == HookOutput.NAMED) {
      reader.in().readByte();
      return readNamed();
    }
    if (tag == HookOutput.END) {
      return Map.of(); // the writer had no fields to write
    }
    throw new StreamCorruptedException("fields are wanted where none were written");
  }

  private Map<String, @Nullable Object> readSlots() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Slot slot : slots) {
      FieldKind kind = slot.kind();
      values.put(slot.name(), kind == FieldKind.OBJECT ? reader.value() : kind.read(reader.in()));
    }
    return values;
  }

  private Map<String, @Nullable Object> readNamed() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int count = reader.in().readVarInt(true);
    for (int i = 0; i < count; i++) {
      values.put(reader.in().readString(), reader.value());
    }
    return values;
  }

  @Override
  public void registerValidation(ObjectInputValidation validation, int priority) {
    reader.atEnd(() -> {
      try {
        validation.validateObject();
      } catch (InvalidObjectException e) {
        throw Thrower.unchecked(e);
      }
    });
  }

  @Override
  public int read() throws IOException {
    return data.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return data.read(bytes, offset, length);
  }

  @Override
  public int available() {
    return block.available();
  }

  @Override
  public void close() {}

  @Override
  public boolean readBoolean() throws IOException {
    return data.readBoolean();
  }

  @Override
  public byte readByte() throws IOException {
    return data.readByte();
  }

  @Override
  public int readUnsignedByte() throws IOException {
    return data.readUnsignedByte();
  }

  @Override
  public char readChar() throws IOException {
    return data.readChar();
  }

  @Override
  public short readShort() throws IOException {
    return data.readShort();
  }

  @Override
  public int readUnsignedShort() throws IOException {
    return data.readUnsignedShort();
  }

  @Override
  public int readInt() throws IOException {
    return data.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return data.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return data.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return data.readDouble();
  }

  @Override
  public void readFully(byte[] bytes) throws IOException {
    data.readFully(bytes);
  }

  @Override
  public void readFully(byte[] bytes, int offset, int length) throws IOException {
    data.readFully(bytes, offset, length);
  }

  @Override
  public int skipBytes(int count) throws IOException {
    return data.skipBytes(count);
  }

  @Override
  public String readUTF() throws IOException {
    return data.readUTF();
  }

  /// The primitives of successive blocks, as one stream that ends where an object comes next.
  private final class Blocks extends java.io.InputStream {

    @Override
    public int read() {
      return refill() ? block.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return length == 0 || refill() ? block.read(bytes, offset, length) : -1;
    }

    private boolean refill() {
      while (block.available() == 0) {
        if (reader.in().peek() != HookOutput.BLOCK) {
          return false;
        }
        reader.in().readByte();
        block = new ByteArrayInputStream(reader.in().readBytes(reader.in().readLength(1)));
      }
      return true;
    }
  }

  /// Fields by name.
  private static final class NamedFields extends GetField {

    private final Map<String, @Nullable Object> values;

    NamedFields(Map<String, @Nullable Object> values) {
      this.values = values;
    }

    @Override
    @SuppressWarnings("NullAway") // no descriptor exists: nothing was written by Java's protocol
    public ObjectStreamClass getObjectStreamClass() {
      return null;
    }

    @Override
    public boolean defaulted(String name) {
      return !values.containsKey(name);
    }

    @Override
    public boolean get(String name, boolean otherwise) {
      return values.get(name) instanceof Boolean value ? value : otherwise;
    }

    @Override
    public byte get(String name, byte otherwise) {
      return values.get(name) instanceof Byte value ? value : otherwise;
    }

    @Override
    public char get(String name, char otherwise) {
      return values.get(name) instanceof Character value ? value : otherwise;
    }

    @Override
    public short get(String name, short otherwise) {
      return values.get(name) instanceof Short value ? value : otherwise;
    }

    @Override
    public int get(String name, int otherwise) {
      return values.get(name) instanceof Integer value ? value : otherwise;
    }

    @Override
    public long get(String name, long otherwise) {
      return values.get(name) instanceof Long value ? value : otherwise;
    }

    @Override
    public float get(String name, float otherwise) {
      return values.get(name) instanceof Float value ? value : otherwise;
    }

    @Override
    public double get(String name, double otherwise) {
      return values.get(name) instanceof Double value ? value : otherwise;
    }

    @Override
    public @Nullable Object get(String name, @Nullable Object otherwise) {
      return values.containsKey(name) ? values.get(name) : otherwise;
    }
  }
}
