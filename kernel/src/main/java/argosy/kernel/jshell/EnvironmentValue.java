package argosy.kernel.jshell;

import java.util.Map;
import java.util.stream.Stream;

/// What a variable of the environment says to the kernel.
///
/// @param variable its full name, for messages
/// @param text what it says, not blank
record EnvironmentValue(String variable, String text) {

  /// {@return what an environment says of one thing; our own name comes first, then those that
  /// JJava and IJava have for the same}
  ///
  /// @param name of the variable, behind the name of the kernel, such as `TIMEOUT`
  static Stream<EnvironmentValue> all(Map<String, String> environment, String name) {
    return all(environment, name, name);
  }

  /// {@return the same of what other kernels call otherwise}
  static Stream<EnvironmentValue> all(Map<String, String> environment, String own, String theirs) {
    return Stream.of("ARGOSY_" + own, "JJAVA_" + theirs, "IJAVA_" + theirs)
        .map(variable -> new EnvironmentValue(variable, environment.getOrDefault(variable, "")))
        .filter(value -> !value.text().isBlank());
  }
}
