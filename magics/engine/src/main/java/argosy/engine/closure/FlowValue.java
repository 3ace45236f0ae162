package argosy.engine.closure;

import org.jspecify.annotations.Nullable;

/// A value on the operand stack or in a local, as [ValueFlow] follows it.
///
/// @param origin where it comes from, or null if nobody asks
/// @param isDirect whether it is what the origin holds, and not something inside that
/// @param isWide whether it takes two slots
record FlowValue(@Nullable Origin origin, boolean isDirect, boolean isWide) {

  static final FlowValue OTHER = new FlowValue(null, false, false);
  static final FlowValue OTHER_WIDE = new FlowValue(null, false, true);

  static FlowValue of(Origin origin, boolean isWide) {
    return new FlowValue(origin, true, isWide);
  }

  static FlowValue other(boolean isWide) {
    return isWide ? OTHER_WIDE : OTHER;
  }

  /// {@return something inside this value}
  FlowValue inside(boolean isWide) {
    return origin == null ? other(isWide) : new FlowValue(origin, false, isWide);
  }
}
