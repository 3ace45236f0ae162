package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.interpreter.Completions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Cells that are compiled in few compilations answer as those that JShell compiles one by one.
class ForesightTest {

  /// What differs from run to run, and the numbers of snippets, some of which are never used.
  private static final Pattern VARYING =
      Pattern.compile("@[0-9a-f]{5,8}\\b|\\$\\$Lambda/0x\\w+|\\$JShell\\$\\d+");

  /// A session and what it says about its variables.
  private static final class Subject implements AutoCloseable {
    private final Variables variables = new Variables();
    private final TestSession session;

    Subject(boolean foresees) {
      session =
          foresees
              ? TestSession.openWithForesight(variables)
              : TestSession.openWithoutForesight(variables);
    }

    /// Everything that a user could tell after a cell.
    List<String> run(String cell) {
      TestSession.Ran ran = session.run(cell);
      List<String> said = new ArrayList<>();
      said.add(
          switch (ran.outcome()) {
            case CellOutcome.Value value -> "value " + value.bundle();
            case CellOutcome.Nothing _ -> "nothing";
            case CellOutcome.Failed failed ->
                "failed " + failed.name() + ": " + failed.message() + "\n" + ran.text();
          });
      said.add("out " + ran.io().out());
      said.add("err " + ran.io().err());
      said.addAll(variables.say());
      said.add(
          "names "
              + session.interpreter().complete("", 0).matches().stream()
                  .map(Completions.Match::text)
                  .toList());
      return said.stream().map(text -> VARYING.matcher(text).replaceAll("@")).toList();
    }

    @Override
    public void close() {
      session.close();
    }
  }

  private static final class Variables implements KernelExtension {
    @SuppressWarnings("NullAway.Init") // by the session, in start()
    private KernelContext context;

    @Override
    public void start(KernelContext started) {
      context = started;
    }

    @Override
    public void close() {}

    List<String> say() {
      return context.variables().stream().map(Variables::say).toList();
    }

    private static String say(CellVariable variable) {
      String value;
      try {
        Object held = variable.value();
        value = held == null ? "null" : shown(held);
      } catch (RuntimeException e) {
        value = e.toString();
      }
      return variable.type() + " " + variable.name() + " = " + value;
    }

    private static String shown(Object value) {
      return value != null && value.getClass().isArray()
          ? value.getClass().getSimpleName()
          : Objects.toString(value);
    }
  }

  private record Group(String name, List<String> cells) {}

  private static List<Group> groups() throws IOException {
    try (InputStream file = ForesightTest.class.getResourceAsStream("cells.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^######## "))
          .filter(group -> !group.isBlank())
          .map(ForesightTest::group)
          .toList();
    }
  }

  private static Group group(String text) {
    int end = text.indexOf('\n');
    return new Group(
        text.substring(0, end), List.of(text.substring(end + 1).split("(?m)^####\\n")));
  }

  @TestFactory
  Stream<DynamicTest> answersAsJShellDoesForEveryCellOfTheCorpus() throws IOException {
    List<Group> groups = groups();
    assertThat(groups.stream().mapToInt(group -> group.cells().size()).sum()).isGreaterThan(400);
    return groups.stream().map(group -> dynamicTest(group.name(), () -> compare(group)));
  }

  private static void compare(Group group) {
    try (Subject together = new Subject(true);
        Subject alone = new Subject(false)) {
      for (String cell : group.cells()) {
        List<String> expected = alone.run(cell);
        assertThat(together.run(cell)).as(cell).isEqualTo(expected);
      }
    }
  }

  /// The comparison above would pass without any foresight, too.
  @Test
  void foreseesWhatOneCellNeeds() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      Foresight foresight = Foresight.of(shell);
      assertThat(foresight.works()).isTrue();
      List<String> sources =
          List.of(
              "int a = 1;",
              "var b = a + 1;",
              "for (int i = 0; i < 3; i++) b += i;",
              "a + b",
              "int f(int x) { return x + b; }",
              "record R(int v) {}");
      assertThat(foresight.prepare(sources)).isEqualTo(sources.size());
      for (String source : sources) {
        assertThat(foresight.isReady(source)).as(source).isTrue();
        assertThat(foresight.eval(source))
            .extracting(SnippetEvent::status)
            .containsExactly(Snippet.Status.VALID);
      }
      assertThat(shell.eval("f(1) + new R(7).v()").getFirst().value()).isEqualTo("13");
    }
  }
}
