package argosy.wire.line;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The line that this process has.
public final class OpenLine {

  private static volatile @Nullable ActorLine line;

  private OpenLine() {}

  static @Nullable ActorLine get() {
    return line;
  }

  /// Says that this process has a line from now on.
  public static void set(ActorLine opened) {
    line = Objects.requireNonNull(opened, "the line is null");
  }
}
