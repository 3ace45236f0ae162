package argosy.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `ANSWERS.md` promises a test for every line.
class AnswersTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([\\d, ]+) \\|");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static Map<String, Path> tests() throws IOException {
    try (Stream<Path> kernel = Files.walk(Path.of("src/test/java"));
        Stream<Path> install = Files.walk(Path.of("../install/src/test/java"))) {
      return Stream.concat(kernel, install)
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  file -> file,
                  (one, other) -> one));
    }
  }

  @Test
  void namesTestsThatThereAre() throws IOException {
    Map<String, Path> tests = tests();
    List<MatchResult> named =
        NAMED.matcher(Files.readString(Path.of("ANSWERS.md"))).results().toList();
    assertThat(named).hasSizeGreaterThan(60);
    for (MatchResult test : named) {
      assertThat(tests).as(test.group()).containsKey(test.group(1));
      assertThat(Files.readString(tests.get(test.group(1))))
          .as(test.group())
          .contains("void " + test.group(2) + "(");
    }
  }

  @Test
  void hasAnAnswerForEveryNumber() throws IOException {
    String text = Files.readString(Path.of("ANSWERS.md"));
    List<String> sections = List.of(text.split("(?m)^## "));
    assertThat(numbers(sections.get(1))).hasSize(24);
    assertThat(numbers(sections.get(2))).hasSize(30);
    assertThat(numbers(sections.get(3))).hasSize(15);
    assertThat(rowsWithATest(sections.get(4))).isEqualTo(28);
  }

  private static long rowsWithATest(String section) {
    return section
        .lines()
        .filter(line -> NAMED.matcher(line).find() || line.contains("`install/tests/"))
        .count();
  }

  private static List<String> numbers(String section) {
    return ROW.matcher(section)
        .results()
        .flatMap(row -> NUMBER.matcher(row.group(1)).results())
        .map(MatchResult::group)
        .toList();
  }
}
