package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.interpreter.Completions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the shell alone does not know, or knows too much of.
@Timeout(120)
class CompletionTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session =
        TestSession.open(
            kernel -> kernel.register(new Script("bash", "%%bash\nthe commands to run")));
    session
        .run(
            """
            record Point(int abscissa, int ordinate) { int norm() { return 1; } }
            enum Color { RED, GREEN, BLUE; Color mixed() { return this; } static int number() { return 3; } }
            Point p = new Point(1, 2);
            Color color = Color.RED;
            List<String> words = new ArrayList<>();
            """)
        .succeeds();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private record Script(String name, String usage) implements Magic {
    @Override
    public Kind kind() {
      return Kind.CELL;
    }

    @Override
    public String summary() {
      return "runs commands";
    }

    @Override
    public @Nullable Object run(MagicCall call) {
      return null;
    }
  }

  /// Completes at the end.
  private static List<String> matches(String code) {
    return session.interpreter().complete(code, code.length()).matches().stream()
        .map(Completions.Match::text)
        .toList();
  }

  private static String inspect(String marked) {
    return session
        .interpreter()
        .inspect(marked.replace("|", ""), marked.indexOf('|'), 0)
        .map(bundle -> String.valueOf(bundle.get("text/plain")))
        .orElse("");
  }

  @Test
  void importsOfTheSameCellCount() {
    assertThat(matches("import java.time.*;\nLocalDate.no")).containsExactly("now(");
    assertThat(matches("import java.time.LocalDate;\nLocalDate day = LocalDate.now();\nday.plusD"))
        .containsExactly("plusDays(");
    assertThat(matches("import java.time.LocalDate;\nLocalDa")).startsWith("LocalDate");
    assertThat(matches("import static java.lang.Math.*;\nsqr")).contains("sqrt");
    assertThat(matches("import static java.util.Objects.*;\nrequireNonNull(\"x\").isEm"))
        .containsExactly("isEmpty()");
    assertThat(matches("import module java.sq")).contains("java.sql");
    assertThat(matches("import module java.sql;\nDriverManager.getC"))
        .containsExactly("getConnection(");
    assertThat(session.run("LocalDate.now()").outcome()).isNotNull();
  }

  @Test
  void labelsOfSwitchesAreTheConstants() {
    assertThat(matches("switch (color) { case ")).containsExactly("BLUE", "GREEN", "RED");
    assertThat(matches("switch (color) { case RED -> 1; case G")).containsExactly("GREEN");
    assertThat(matches("var s = switch (color.mixed()) { case RED, B")).containsExactly("BLUE");
    assertThat(matches("switch (Color.RED) { case ")).containsExactly("BLUE", "GREEN", "RED");
    assertThat(matches("switch (Thread.State.NEW) { case TERM")).containsExactly("TERMINATED");
    assertThat(matches("void f(Color given) { switch (given) { case R")).containsExactly("RED");
    assertThat(matches("switch (Thread.currentThread().getState()) { case N"))
        .containsExactly("NEW");
    assertThat(matches("enum Own { ONE, TWO }\nOwn o = Own.ONE;\nswitch (o) { case "))
        .containsExactly("ONE", "TWO");
    assertThat(
            matches(
                """
                import java.time.*;
                DayOfWeek day = DayOfWeek.MONDAY;
                switch (day) {
                  case MONDAY, TUESDAY -> 1;
                  case W\
                """))
        .containsExactly("WEDNESDAY");
    assertThat(matches("switch (p) { case Poi")).contains("Point");
    assertThat(matches("switch (words.size()) { case Integer.MAX")).containsExactly("MAX_VALUE");
  }

  @Test
  void methodsThatArgumentsReferTo() {
    assertThat(matches("Comparator.comparing(Point::abs")).containsExactly("abscissa");
    assertThat(matches("words.stream().map(String::tri")).containsExactly("trim");
    assertThat(matches("words.forEach(System.out::print")).contains("print", "println");
    assertThat(matches("words.stream().map(StringBuilder::n")).contains("new");
    assertThat(matches("words.stream().map(String::")).contains("valueOf", "trim", "length");
    assertThat(matches("words.toArray(String[]::")).containsExactly("new");
  }

  @Test
  void typesThatNobodyImportedComeWithTheirFullNames() {
    assertThat(matches("LocalDateT")).containsExactly("java.time.LocalDateTime");
    assertThat(matches("new SimpleDateF")).containsExactly("java.text.SimpleDateFormat");
    assertThat(matches("import SimpleDateF")).containsExactly("java.text.SimpleDateFormat");
    assertThat(matches("ArrayLis")).containsExactly("ArrayList");
    assertThat(inspect("LocalDate|Time.now()")).contains("LocalDateTime");
  }

  @Test
  void keysOfMapsStandInQuotes() {
    session
        .run("var capitals = new TreeMap<>(Map.of(\"Norway\", 1, \"North\", 2, \"a\\\"b\", 3));")
        .succeeds();
    assertThat(matches("capitals.get(\"No")).containsExactly("North", "Norway");
    assertThat(matches("capitals.getOrDefault( \"")).containsExactly("North", "Norway");
    assertThat(matches("words.get(\"No")).isEmpty();
  }

  @Test
  void keywordsAndAnnotations() {
    assertThat(matches("whi")).contains("while");
    assertThat(matches("boolean b = tr")).contains("true");
    assertThat(matches("p.whi")).isEmpty();
    assertThat(matches("class A { @Overr")).containsExactly("Override");
    assertThat(matches("@Deprec")).startsWith("Deprecated");
    assertThat(matches("@Overr")).containsExactly("Override");
    assertThat(matches("@Str")).doesNotContain("String", "Stream");
    assertThat(matches("@interfa")).containsExactly("interface");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String s = \"p.",
        "String s = \"a \\\" p.",
        "String s = \"\"\"\n  p.",
        "// see p.",
        "int x = 1; // see p.",
        "/* p.",
        "/** {@link Str",
        "char c = 'p",
        "%%bash\np.",
        "%%bash\nls p.",
      })
  void whatIsNotJavaIsLeftAlone(String code) {
    assertThat(matches(code)).isEmpty();
    assertThat(inspect(code + "|")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String s = \"x\"; p.",
        "String s = \"\"; p.",
        "String s = \"\"\"\n  \"\"\"; p.",
        "// see\np.",
        "/* a */ p.",
        "char c = '\"'; p.",
        "// it's\np.",
      })
  void whatFollowsTextsAndCommentsIsJava(String code) {
    assertThat(matches(code)).contains("abscissa()");
  }

  @Test
  void aMagicOnTheLineAboveIsNotCompletedAgain() {
    assertThat(matches("%%bash\n")).isEmpty();
    assertThat(matches("%sh ls\n")).contains("color").doesNotContain("%sh");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@", ".", "::", "...", "case ", "class ", "}", "new ", "%", "x -> ", "1."})
  void oddBeginningsHarmNothing(String code) {
    assertThat(matches(code)).doesNotContain("<error>");
    assertThat(inspect(code + "|")).isNotNull();
  }

  @Test
  void whatEveryObjectHasComesLast() {
    assertThat(matches("p.")).startsWith("abscissa()", "norm()", "ordinate()");
  }

  @Test
  void namesOfTheShellsOwnAreHidden() {
    session.run("var unnamed = new Object() { int x; };").succeeds();
    assertThat(matches("Object o = new ")).noneMatch(name -> name.contains("$JShell"));
    assertThat(matches("Runnable r = ")).noneMatch(name -> name.contains("$JShell"));
    assertThat(inspect("unna|med")).isEqualTo("unnamed:anonymous class");
    assertThat(inspect("unnamed.|x")).isEqualTo("x:int");
    assertThat(matches("import c")).contains("com.").noneMatch(name -> name.contains("("));
  }

  @Test
  void recordsAreInspectedAsAnyType() {
    assertThat(inspect("p.absc|issa()")).isEqualTo("int Point.abscissa()");
    assertThat(inspect("new Point(|1, 2)")).isEqualTo("Point(int abscissa, int ordinate)");
    assertThat(inspect("Poi|nt")).isEqualTo("Point(int abscissa, int ordinate)");
  }

  @Test
  void referencesImportsAndParametersAreInspected() {
    assertThat(inspect("words.forEach(String::tri|m)")).contains("String String.trim()");
    assertThat(inspect("Map.of().merge(1, 2, Integer::su|m)")).contains("int Integer.sum(");
    assertThat(inspect("import static java.lang.Math.ab|s;")).contains("int Math.abs(int a)");
    assertThat(inspect("import java.time.*;\nLocal|Date.now()")).contains("LocalDate");
    assertThat(inspect("import java.time.*;\nLocalDate.no|w()")).contains("LocalDate.now()");
    assertThat(inspect("words.stream().map(wo|rd -> word.trim())")).contains("word:String");
  }

  @Test
  void packagesArePartOfTheNamesOfTypes() {
    assertThat(matches("import java.u")).contains("util.");
    assertThat(matches("import java.util.con")).containsExactly("concurrent.");
    assertThat(matches("import static java.la")).contains("lang.");
    assertThat(matches("import jav")).contains("java.", "javax.");
    assertThat(matches("var list = new java.util.con")).contains("concurrent.");
    assertThat(matches("import java.util.concurrent.")).contains("Callable", "atomic.", "locks.");
    assertThat(matches("\"java\".util.con")).isEmpty();
  }
}
