package argosy.kernel.cell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Names that someone may have meant who wrote another one.
public final class Spelling {

  private static final int MOST_NAMES = 3;

  private Spelling() {}

  /// {@return the names that differ little from one that nobody knows, the closest first}
  ///
  /// @param most how many letters may be wrong, missing, swapped or too many; capitals count as
  ///   small ones
  public static List<String> similar(String name, Stream<String> known, int most) {
    return known
        .distinct()
        .filter(other -> isSimilar(name, other, most))
        .map(other -> new Candidate(other, distance(name, other)))
        .sorted(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::name)
        .limit(MOST_NAMES)
        .toList();
  }

  /// {@return whether two names differ in no more letters}
  public static boolean isSimilar(String name, String other, int most) {
    return Math.abs(other.length() - name.length()) <= most && distance(name, other) <= most;
  }

  private record Candidate(String name, int distance) {}

  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[][] distances = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distances[i][j] = i == 0 || j == 0 ? i + j : distance(a, b, i, j, distances);
      }
    }
    return distances[a.length()][b.length()];
  }

  private static int distance(String a, String b, int i, int j, int[][] known) {
    int change = known[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(change, Math.min(known[i - 1][j], known[i][j - 1]) + 1);
    boolean isSwapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return isSwapped ? Math.min(best, known[i - 2][j - 2] + 1) : best;
  }
}
