package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private static String candidate(String method, String reason) {
    return "    method %s is not applicable\n      (cannot infer type-variable(s) R\n        (%s))\n"
        .formatted(method, reason);
  }

  private static String message(List<String> candidates) {
    return ("no suitable method found for map(int)\n" + String.join("", candidates))
        .stripTrailing();
  }

  @Test
  void fewAreAllShown() {
    String few = message(List.of(candidate("map(a)", "no"), candidate("map(b)", "no")));

    assertThat(Candidates.shortened(few)).isEqualTo(few);
    assertThat(Candidates.shortened("';' expected")).isEqualTo("';' expected");
  }

  @Test
  void ofManyThoseAreShownThatFitButForTheLambda() {
    String wrongInput = "argument mismatch; int cannot be converted to A[]";
    String wrongLambda = "argument mismatch; bad return type in lambda expression";
    List<String> candidates =
        new ArrayList<>(Collections.nCopies(20, candidate("map(a)", wrongInput)));
    candidates.add(candidate("map(b)", wrongLambda));
    candidates.add(candidate("map(c)", wrongLambda));
    candidates.add(candidate("map(d)", "actual and formal argument lists differ in length"));

    assertThat(Candidates.shortened(message(candidates)))
        .isEqualTo(
            message(List.of(candidate("map(b)", wrongLambda)))
                + "\n    (and 22 more that do not fit)");
  }

  @Test
  void ofManyAtMostThreeAreShown() {
    String many =
        IntStream.range(0, 20)
            .mapToObj(i -> candidate("map(p" + i + ")", "reason " + i))
            .collect(Collectors.collectingAndThen(Collectors.toList(), CandidatesTest::message));

    assertThat(Candidates.shortened(many))
        .contains("map(p0)", "map(p1)", "map(p2)", "(and 17 more that do not fit)")
        .doesNotContain("map(p3)");
  }
}
