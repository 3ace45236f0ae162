package argosy.kernel.magic;

import java.util.Locale;

/// Writes times for people.
final class Nanos {

  private Nanos() {}

  /// {@return a time with three digits and the unit that fits, such as `12.3 ms`}
  static String text(double nanos) {
    if (nanos < 999.5) {
      return digits(nanos, "ns");
    }
    if (nanos < 999.5e3) {
      return digits(nanos / 1e3, "µs");
    }
    if (nanos < 999.5e6) {
      return digits(nanos / 1e6, "ms");
    }
    if (nanos < 59.995e9) {
      return digits(nanos / 1e9, "s");
    }
    long seconds = Math.round(nanos / 1e9);
    return String.format(Locale.ROOT, "%d min %d s", seconds / 60, seconds % 60);
  }

  private static String digits(double value, String unit) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, unit);
  }
}
