package argosy.kernel.jshell;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a statement of a cell may run, if somebody has said so. Only the user's code counts,
/// not the compiler; a magic counts as a statement.
///
/// @param variable the environment's variable that says so
/// @param amount how many of the unit, none if it is less than 1
record TimeLimit(String variable, long amount, TimeUnit unit) {

  static final TimeLimit NONE = new TimeLimit("", -1, TimeUnit.MILLISECONDS);

  private static final Pattern DURATION = Pattern.compile("(-?\\d+)\\W*([A-Za-z]*)");

  private static final System.Logger LOG = System.getLogger(TimeLimit.class.getName());

  /// {@return the limit of the first variable that has one, in milliseconds unless a [TimeUnit]
  /// follows the number; one that cannot be read is passed over, and the log says so}
  static TimeLimit of(Map<String, String> environment) {
    for (EnvironmentValue value : EnvironmentValue.all(environment, "TIMEOUT").toList()) {
      try {
        return of(value.variable(), value.text().strip());
      } catch (IllegalArgumentException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            value.variable()
                + " is ignored: it takes a number of milliseconds, or 30 SECONDS, not "
                + value.text());
      }
    }
    return NONE;
  }

  private static TimeLimit of(String variable, String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    String unit = matcher.group(2).toUpperCase(Locale.ROOT);
    return new TimeLimit(
        variable,
        Long.parseLong(matcher.group(1)),
        unit.isEmpty() ? TimeUnit.MILLISECONDS : TimeUnit.valueOf(unit));
  }

  boolean isSet() {
    return amount > 0;
  }

  /// {@return why a cell ends that does not keep to it}
  StopReason reason() {
    String allowed = amount + " " + unit.toString().toLowerCase(Locale.ROOT);
    return new StopReason(
        "Timeout", "a statement ran longer than the " + allowed + " that " + variable + " allows");
  }
}
