package argosy.wire;

import argosy.wire.memory.ArrayKind;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import org.jspecify.annotations.Nullable;

/// What a large value is, and where, as fields of a frame.
final class ValueFields {

  private ValueFields() {}

  static void write(ValueForm form, @Nullable Range memory, FrameOutput out) {
    write(form, out);
    write(memory, out);
  }

  static void write(ValueForm form, FrameOutput out) {
    out.putByte(form.kind().tag());
    out.putInt(form.length());
    out.putByte(form.isText() ? 1 : 0);
  }

  static void write(@Nullable Range memory, FrameOutput out) {
    out.putByte(memory == null ? 0 : 1);
    if (memory != null) {
      out.putString(memory.file());
      out.putLong(memory.offset());
      out.putLong(memory.bytes());
    }
  }

  static ValueForm readForm(FrameFields fields) throws MalformedFrameException {
    int kind = fields.getByte();
    int length = fields.getInt();
    boolean isText = fields.getByte() != 0;
    try {
      return new ValueForm(ArrayKind.tagged(kind), length, isText);
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(String.valueOf(e.getMessage()));
    }
  }

  static @Nullable Range readRange(FrameFields fields) throws MalformedFrameException {
    if (fields.getByte() == 0) {
      return null;
    }
    try {
      return new Range(fields.getString(), fields.getLong(), fields.getLong());
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException(String.valueOf(e.getMessage()));
    }
  }

  static Range requireRange(FrameFields fields) throws MalformedFrameException {
    Range range = readRange(fields);
    if (range == null) {
      throw new MalformedFrameException("a value without memory");
    }
    return range;
  }
}
