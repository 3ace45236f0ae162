package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A field takes only what it can hold, whoever wrote it: here a class of another shape.
@SuppressWarnings("serial") // nothing here is stored
class SlotTest {

  static class Before {
    @Nullable Object content;
  }

  static class After {
    @Nullable Integer content;
  }

  static final class HookedBefore extends HookedParent {
    @Nullable Object content;

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
    }
  }

  static final class HookedAfter extends HookedParent {
    @Nullable Integer content;

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
    }
  }

  static class HookedParent implements Serializable {}

  static final class NamedBefore implements Serializable {
    int content;

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.putFields().put("content", "text");
      out.writeFields();
    }
  }

  static final class NamedAfter implements Serializable {
    int content;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
    }
  }

  record RecordBefore(List<Object> self, Object content) {}

  record RecordAfter(List<Object> self, Integer content) {}

  @Test
  void refusesAValueOfAnotherClass() {
    Before before = new Before();
    before.content = "text";

    assertThatThrownBy(() -> readAs(After.class, before))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(
            "field content of %s holds java.lang.Integer, but found java.lang.String",
            After.class.getName());
  }

  @Test
  void takesNullAndWhatFits() {
    Before before = new Before();

    assertThat(readAs(After.class, before))
        .isInstanceOfSatisfying(After.class, after -> assertThat(after.content).isNull());
    before.content = 5;
    assertThat(readAs(After.class, before))
        .isInstanceOfSatisfying(After.class, after -> assertThat(after.content).isEqualTo(5));
  }

  @Test
  void saysThatTwoDefinitionsOfOneClassMeet() throws IOException {
    Before inner = new Before();
    Holder holder = new Holder();
    holder.held = inner;

    assertThatThrownBy(() -> readAs(Redefining.again(Before.class), inner, holder))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(
            "field held of %s holds %s, but found %<s of another definition",
            Holder.class.getName(), Before.class.getName());
  }

  static final class Holder {
    @Nullable Before held;
  }

  private static final class Redefining extends ClassLoader {

    static Class<?> again(Class<?> type) throws IOException {
      try (var in = type.getResourceAsStream("SlotTest$" + type.getSimpleName() + ".class")) {
        byte[] code = Objects.requireNonNull(in).readAllBytes();
        return new Redefining().defineClass(type.getName(), code, 0, code.length);
      }
    }
  }

  @Test
  void refusesItInFieldsThatAHookReads() {
    HookedBefore before = new HookedBefore();
    before.content = "text";

    assertThatThrownBy(() -> readAs(HookedAfter.class, before))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds java.lang.Integer, but found java.lang.String");
    assertThatThrownBy(() -> readAs(NamedAfter.class, new NamedBefore()))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds java.lang.Integer, but found java.lang.String");
  }

  @Test
  void refusesItInARecordThatHoldsItself() {
    List<Object> self = new java.util.ArrayList<>();
    RecordBefore before = new RecordBefore(self, "text");
    self.add(before);

    assertThatThrownBy(() -> readAs(RecordAfter.class, before))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds java.lang.Integer, but found java.lang.String");
  }

  @Test
  void refusesItInALambdaThatHoldsItself() {
    Object[] self = new Object[1];
    Before captured = new Before();
    Supplier<Object> lambda = () -> List.of(captured, self);
    self[0] = lambda;

    // The lambda's own class still captures a Before.
    assertThatThrownBy(() -> readAs(After.class, captured, lambda))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds " + Before.class.getName());
  }

  private static @Nullable Object readAs(Class<?> after, Object before) {
    return readAs(after, before, before);
  }

  /// Reads `root` where the class of `before` is `after`.
  private static @Nullable Object readAs(Class<?> after, Object before, Object root) {
    Map<String, Class<?>> renamed = Map.of(before.getClass().getName(), after);
    ClassTable table =
        Copies.naming(name -> {
          Class<?> other = renamed.get(name);
          return other != null ? other : Copies.BY_NAME.named(name);
        });
    return new GraphReader(table, Copies.bytes(root)).read();
  }
}
