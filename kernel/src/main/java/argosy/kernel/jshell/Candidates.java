package argosy.kernel.jshell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The methods that the compiler has tried for a call and found not to fit.
///
/// It lists them all, and of a method with two dozen variants that is more than anybody reads. What
/// is wrong is said by those that come closest: whose parameters fit but for a lambda's result, and
/// next whose number of parameters is right.
final class Candidates {

  private static final int FEW = 6;
  private static final int SHOWN = 3;

  private static final Pattern CANDIDATE =
      Pattern.compile(
          "(?m)^    (?:method|constructor) .* is not applicable\\n(?<reason>(?:^     .*\\n?)*)");

  private record Candidate(String text, String reason) {

    /// How far it is from fitting.
    int distance() {
      if (reason.contains("lambda expression") || reason.contains("method reference")) {
        return 0;
      }
      return reason.contains("argument lists differ in length") ? 2 : 1;
    }
  }

  private Candidates() {}

  /// {@return a message of the compiler with no more than a few candidates, each wrong in another
  /// way}
  static String shortened(String message) {
    Matcher matcher = CANDIDATE.matcher(message);
    List<Candidate> all = new ArrayList<>();
    int start = -1;
    int end = -1;
    while (matcher.find()) {
      start = start < 0 ? matcher.start() : start;
      end = matcher.end();
      all.add(new Candidate(matcher.group().stripTrailing(), matcher.group("reason").strip()));
    }
    if (all.size() <= FEW) {
      return message;
    }
    List<Candidate> shown = closest(all);
    StringBuilder text = new StringBuilder(message.substring(0, start));
    shown.forEach(candidate -> text.append(candidate.text()).append('\n'));
    int others = all.size() - shown.size();
    return text.append("    (and %d more that do not fit)\n".formatted(others))
        .append(message.substring(end))
        .toString()
        .stripTrailing();
  }

  private static List<Candidate> closest(List<Candidate> all) {
    int least = all.stream().mapToInt(Candidate::distance).min().orElse(0);
    List<Candidate> closest = new ArrayList<>();
    for (Candidate candidate : all) {
      boolean isNew =
          closest.stream().noneMatch(known -> known.reason().equals(candidate.reason()));
      if (candidate.distance() == least && isNew && closest.size() < SHOWN) {
        closest.add(candidate);
      }
    }
    return closest;
  }
}
