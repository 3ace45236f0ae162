package argosy.engine.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/// How many threads the Java code of a process is made for.
///
/// @param processors how many the JVM may use
/// @param commonPool the parallelism of the common pool, which parallel streams run on
public record JvmThreads(int processors, int commonPool) {

  /// What the option begins with that tells a JVM how many processors it may use.
  public static final String PROCESSORS = "-XX:ActiveProcessorCount=";

  /// What the option begins with that tells a JVM the parallelism of the common pool.
  public static final String COMMON_POOL =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=";

  /// From which a JVM takes options before it looks at its command line.
  private static final List<String> BEFORE = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  /// From which a JVM takes options after that: they win.
  private static final String AFTER = "_JAVA_OPTIONS";

  /// {@return those of this process}
  static JvmThreads own() {
    return new JvmThreads(
        Runtime.getRuntime().availableProcessors(), ForkJoinPool.getCommonPoolParallelism());
  }

  /// {@return those of a JVM that this process has started, or is to}
  ///
  /// @param options of its command line
  public static JvmThreads of(List<String> options) {
    return of(options, System.getenv(), Runtime.getRuntime().availableProcessors());
  }

  /// @param environment that of the JVM
  /// @param machine how many processors there are
  static JvmThreads of(List<String> options, Map<String, String> environment, int machine) {
    List<String> all = new ArrayList<>();
    BEFORE.forEach(variable -> all.addAll(words(environment.get(variable))));
    all.addAll(options);
    all.addAll(words(environment.get(AFTER)));
    int asked = last(all, PROCESSORS, 0);
    int processors = asked > 0 ? asked : machine;
    int parallelism = last(all, COMMON_POOL, -1);
    return new JvmThreads(processors, Math.max(1, parallelism < 0 ? processors - 1 : parallelism));
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private static int last(List<String> options, String start, int otherwise) {
    for (String option : options.reversed()) {
      if (option.startsWith(start)) {
        try {
          return Integer.decode(option.substring(start.length()));
        } catch (NumberFormatException e) {
          return otherwise; // as the JVM does
        }
      }
    }
    return otherwise;
  }

  /// {@return whether an option is about this}
  public static boolean isMeantBy(String option) {
    return option.startsWith(PROCESSORS) || option.startsWith(COMMON_POOL);
  }

  /// {@return the variables of the environment by which this process makes every JVM that it starts
  /// use other numbers}
  public static List<String> variables() {
    return variables(System.getenv());
  }

  static List<String> variables(Map<String, String> environment) {
    List<String> all = new ArrayList<>(BEFORE);
    all.add(AFTER);
    return all.stream()
        .filter(each -> words(environment.get(each)).stream().anyMatch(JvmThreads::isMeantBy))
        .toList();
  }

  /// {@return how many threads the platform runs at a time for code that leaves that to it}
  int atATime() {
    return Math.max(processors, commonPool);
  }
}
