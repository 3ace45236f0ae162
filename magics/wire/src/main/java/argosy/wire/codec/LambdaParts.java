package argosy.wire.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lambda or method reference, taken apart.
///
/// @param shape everything but the values
/// @param captured the values that it captured, in their order
public record LambdaParts(LambdaShape shape, List<@Nullable Object> captured) {

  /// Copies; a captured value may be null.
  public LambdaParts {
    captured = Collections.unmodifiableList(new ArrayList<>(captured));
  }

  /// {@return the parts of a value, or null if it is no lambda that can be taken apart}
  public static @Nullable LambdaParts of(Object value) {
    if (!LambdaClass.isLambda(value.getClass())) {
      return null;
    }
    LambdaClass type = new LambdaClass(value.getClass());
    List<@Nullable Object> captured = new ArrayList<>();
    for (Slot slot : type.captured()) {
      captured.add(Memory.get(slot.kind(), value, slot.offset()));
    }
    return new LambdaParts(type.shape(value), captured);
  }
}
