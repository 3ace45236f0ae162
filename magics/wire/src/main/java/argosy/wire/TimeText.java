package argosy.wire;

import java.math.BigDecimal;
import java.time.Duration;

/// A length of time as messages say it, such as `250 ms`, `1.5 s` or `10 min`.
public final class TimeText {

  private TimeText() {}

  /// {@return the time, in a unit that suits it}
  public static String of(Duration time) {
    long seconds = time.getSeconds();
    boolean isWhole = time.getNano() == 0;
    if (isWhole && seconds >= 3600 && seconds % 3600 == 0) {
      return seconds / 3600 + " h";
    }
    if (isWhole && seconds >= 60 && seconds % 60 == 0) {
      return seconds / 60 + " min";
    }
    BigDecimal exact = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(time.getNano(), 9));
    return seconds == 0 && !isWhole ? plain(exact.movePointRight(3)) + " ms" : plain(exact) + " s";
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
