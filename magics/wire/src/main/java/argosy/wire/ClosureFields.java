package argosy.wire;

import java.util.ArrayList;
import java.util.List;

/// A closure's definition as fields of a frame.
final class ClosureFields {

  private ClosureFields() {}

  static void write(ClosureDefinition closure, FrameOutput out) {
    out.putId(closure.id());
    out.putInt(closure.classes().size());
    closure.classes().forEach(out::putId);
    out.putByte(closure.stays() ? 1 : 0);
    out.putByte(closure.runsInputs() ? 1 : 0);
    out.putInt(closure.values().size());
    for (ValueUse use : closure.values()) {
      out.putLong(use.value());
      out.putInt(use.occurrence());
      out.putByte(use.isReadOnly() ? 1 : 0);
    }
    out.putInt(closure.parts().size());
    for (PartUse use : closure.parts()) {
      out.putId(use.part());
      write(use.classes(), out);
      write(use.values(), out);
      out.putByte(use.isReadOnly() ? 1 : 0);
    }
    out.putPayload(closure.state());
  }

  static ClosureDefinition read(FrameFields fields) throws MalformedFrameException {
    return new ClosureDefinition(
        fields.getId(),
        classes(fields),
        fields.getByte() != 0,
        fields.getByte() != 0,
        values(fields),
        parts(fields),
        fields.getPayload());
  }

  private static List<ContentId> classes(FrameFields fields) throws MalformedFrameException {
    int count = fields.getCount(2 * Long.BYTES);
    List<ContentId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(fields.getId());
    }
    return ids;
  }

  private static List<ValueUse> values(FrameFields fields) throws MalformedFrameException {
    int count = fields.getCount(ValueUse.BYTES);
    List<ValueUse> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(new ValueUse(fields.getLong(), fields.getInt(), fields.getByte() != 0));
    }
    return values;
  }

  private static List<PartUse> parts(FrameFields fields) throws MalformedFrameException {
    int count = fields.getCount(PartUse.MIN_BYTES);
    List<PartUse> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(
          new PartUse(fields.getId(), positions(fields), positions(fields), fields.getByte() != 0));
    }
    return parts;
  }

  private static void write(List<Integer> positions, FrameOutput out) {
    out.putInt(positions.size());
    positions.forEach(out::putInt);
  }

  private static List<Integer> positions(FrameFields fields) throws MalformedFrameException {
    int count = fields.getCount(Integer.BYTES);
    List<Integer> positions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      positions.add(fields.getInt());
    }
    return positions;
  }
}
