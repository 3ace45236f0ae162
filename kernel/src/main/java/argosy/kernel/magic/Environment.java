package argosy.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `%env`, and what it has set: a Java process cannot change its own environment, only that of the
/// processes that it starts. Safe from any thread.
final class Environment {

  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)\\s*=\\s*(.*)", Pattern.DOTALL);

  private final Map<String, String> variables = new TreeMap<>(System.getenv());

  List<Magic> magics(KernelContext kernel) {
    return List.of(
        new BuiltIn(
            "env",
            Magic.Kind.LINE,
            "Shows environment variables, or sets one for commands of %sh and %%bash.",
            """
            %env
            %env NAME
            %env NAME=value

            System.getenv does not see what is set here: a Java process cannot change its own
            environment.\
            """,
            () -> List.copyOf(variables().keySet()),
            call -> env(call, kernel)));
  }

  /// {@return all variables as commands are to see them}
  synchronized Map<String, String> variables() {
    return new TreeMap<>(variables);
  }

  private synchronized @Nullable Object env(MagicCall call, KernelContext kernel) {
    String arguments = call.arguments();
    if (arguments.isEmpty()) {
      kernel
          .currentCell()
          .stdout(
              variables.entrySet().stream()
                  .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                  .collect(Collectors.joining()));
      return null;
    }
    Matcher assignment = ASSIGNMENT.matcher(arguments);
    if (assignment.matches()) {
      variables.put(assignment.group(1), assignment.group(2));
      return null;
    }
    String value = variables.get(arguments);
    if (value == null && !call.isValue()) {
      kernel.currentCell().stdout(arguments + " is not set.\n");
    }
    return value;
  }
}
