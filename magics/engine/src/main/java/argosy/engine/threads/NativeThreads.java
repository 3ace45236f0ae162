package argosy.engine.threads;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How many threads the native libraries of a process may start.
///
/// @param limits the variables of [#VARIABLES] that its environment has
/// @param libraries those of the libraries that read them that are loaded, by the usual names of
///   their files
public record NativeThreads(SequencedMap<String, String> limits, List<String> libraries) {

  /// What every library reads that has no variable of its own, or finds that without a number.
  private static final String ANY = "OMP_NUM_THREADS";

  /// What native mathematics libraries read to learn how many threads they may start.
  public static final List<String> VARIABLES =
      List.of(
          ANY,
          "OPENBLAS_NUM_THREADS",
          "MKL_NUM_THREADS",
          "BLIS_NUM_THREADS",
          "VECLIB_MAXIMUM_THREADS",
          "NUMEXPR_NUM_THREADS");

  /// The libraries, and what each reads first.
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "openblas",
          "OPENBLAS_NUM_THREADS",
          "mkl_rt",
          "MKL_NUM_THREADS",
          "blis",
          "BLIS_NUM_THREADS",
          "gomp",
          ANY,
          "iomp5",
          ANY,
          "omp",
          ANY);

  /// A library's file: distributions and packages add versions, variants and hashes.
  private static final Pattern FILE =
      Pattern.compile(".*/lib(openblas|(?:mkl_rt|blis|gomp|iomp5|omp)\\b)[^/]*");

  /// Of several numbers, the first is for threads that no other of the library has started.
  private static final Pattern NUMBER = Pattern.compile("\\s*\\+?0*([1-9]\\d{0,8})\\b.*");

  /// Copies.
  public NativeThreads {
    limits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(limits));
    libraries = List.copyOf(libraries);
  }

  /// {@return those of a process}
  ///
  /// @param environment all that it has
  /// @param files what is mapped into its memory
  public static NativeThreads of(Map<String, String> environment, List<String> files) {
    SequencedMap<String, String> limits = new LinkedHashMap<>();
    for (String variable : VARIABLES) {
      String value = environment.get(variable);
      if (value != null) {
        limits.put(variable, value);
      }
    }
    List<String> libraries =
        files.stream()
            .map(FILE::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(1))
            .distinct()
            .sorted()
            .toList();
    return new NativeThreads(limits, libraries);
  }

  /// {@return whether a file is a library that starts threads to compute}
  static boolean isMathematics(String file) {
    return FILE.matcher(file).matches();
  }

  /// {@return how many threads may run at a time: those of what is loaded, and those that a
  /// variable allows, for what reads it may be loaded at any time}
  ///
  /// @param processors so many threads are started where no variable says how many
  int atATime(int processors) {
    int loaded = libraries.stream().mapToInt(each -> limit(each, processors)).max().orElse(0);
    int allowed = limits.keySet().stream().mapToInt(each -> number(each, 0)).max().orElse(0);
    return Math.max(loaded, allowed);
  }

  private int limit(String library, int processors) {
    return number(LIBRARIES.getOrDefault(library, ANY), number(ANY, processors));
  }

  /// {@return the variables that allow more than so many threads}
  public List<String> allowingMoreThan(int threads) {
    return limits.keySet().stream().filter(each -> number(each, 0) > threads).toList();
  }

  private int number(String variable, int otherwise) {
    @Nullable String value = limits.get(variable);
    Matcher number = NUMBER.matcher(value == null ? "" : value);
    return number.matches() ? Integer.parseInt(number.group(1)) : otherwise;
  }
}
