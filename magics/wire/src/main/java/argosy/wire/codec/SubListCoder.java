package argosy.wire.codec;

import java.util.AbstractList;
import java.util.Set;

/// A view of a part of a list, which stays connected to the list.
///
/// The JDK's views check that nobody changed the list behind their back by a count of changes; the
/// count of a rebuilt list starts anew.
final class SubListCoder extends Coder<Object> {

  private static final Set<String> VIEWS =
      Set.of(
          "java.util.ArrayList$SubList",
          "java.util.AbstractList$SubList",
          "java.util.AbstractList$RandomAccessSubList");

  private static final long CHANGES = changes();

  private final FieldCoder fields;
  private final long root;

  SubListCoder(Class<?> type) {
    fields = new FieldCoder(type, null);
    root =
        Slot.of(type).stream()
            .filter(slot -> slot.name().equals("root"))
            .findFirst()
            .orElseThrow()
            .offset();
  }

  static boolean isFor(Class<?> type) {
    return VIEWS.contains(type.getName());
  }

  private static long changes() {
    try {
      return Memory.offset(AbstractList.class.getDeclaredField("modCount"));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows", e);
    }
  }

  @Override
  void write(GraphWriter writer, Object view) {
    fields.write(writer, view);
  }

  @Override
  Object read(GraphReader reader, Class<?> type, int id) {
    Object view = fields.read(reader, type, id);
    synchronize(view);
    reader.atEnd(() -> synchronize(view));
    return view;
  }

  private void synchronize(Object view) {
    Object list = Memory.getObject(view, root);
    if (list != null) {
      Memory.put(FieldKind.INT, view, CHANGES, Memory.get(FieldKind.INT, list, CHANGES));
    }
  }
}
