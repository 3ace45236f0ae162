package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Point;
import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which rule decides how a class travels, one after the other; a class that nobody has thought of
/// falls to the last that fits.
class CodingsTest {

  private record Pair(int a, int b) {}

  private static class Plain {}

  private static class Fields implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private enum Constant {
    BODY {}
  }

  /// Writes itself.
  public static final class External implements Externalizable {
    private static final long serialVersionUID = 1L;

    /// For the reader.
    public External() {}

    @Override
    public void writeExternal(ObjectOutput out) {}

    @Override
    public void readExternal(ObjectInput in) {}
  }

  @SuppressWarnings("GetClassOnEnum") // the class of a constant with a body is what is meant
  static Stream<Arguments> classes() {
    return Stream.of(
        Arguments.of(ArrayList.class, CollectionCoder.class),
        Arguments.of(List.of(1).getClass(), ImmutableCoder.class),
        Arguments.of(Constant.BODY.getClass(), NamedCoders.OfEnum.class),
        Arguments.of(Path.of("x").getClass(), NamedCoders.OfPath.class),
        Arguments.of(Pair.class, RecordCoder.class),
        Arguments.of(External.class, ExternalCoder.class),
        Arguments.of(TreeMap.class, HookCoder.class),
        Arguments.of(Point.class, FieldCoder.class),
        Arguments.of(Fields.class, FieldCoder.class),
        Arguments.of(Plain.class, FieldCoder.class),
        Arguments.of(Thread.class, Denials.Refusal.class));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void decidesByTheFirstRuleThatFits(Class<?> type, Class<?> coder) {
    assertThat(Codings.of(type).serializer()).isInstanceOf(coder);
  }
}
