package argosy.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellParserTest {

  private static Cell parse(String text) {
    return CellParser.parse(
        text, (name, arguments, line) -> "magic(" + name + "|" + arguments + "|" + line + ")");
  }

  private static List<String> sources(String text) {
    return parse(text).pieces().stream()
        .map(piece -> piece instanceof JavaSnippet snippet ? snippet.source() : piece.toString())
        .toList();
  }

  /// Those of a session that has a magic `%time`.
  private static List<String> piecesWithTime(String text) {
    return CellParser.parse(
            text,
            new CellParser.EmbeddedMagic() {
              @Override
              public String expression(String name, String arguments, int line) {
                return name + "()";
              }

              @Override
              public boolean isMagic(String name) {
                return name.equals("time");
              }
            })
        .pieces()
        .stream()
        .map(piece -> piece instanceof JavaSnippet snippet ? snippet.source() : "magic")
        .toList();
  }

  private static List<String> names(String text) {
    return parse(text).pieces().stream()
        .filter(Piece.Command.class::isInstance)
        .map(piece -> ((Piece.Command) piece).name())
        .toList();
  }

  private static JavaSnippet only(String text) {
    Cell cell = parse(text);
    assertThat(cell.pieces()).hasSize(1);
    return (JavaSnippet) cell.pieces().getFirst();
  }

  @Nested
  class Statements {

    @Test
    void endAtTheirSemicolon() {
      assertThat(sources("int x = 1; int y = 2;\nx + y"))
          .containsExactly("int x = 1;", "int y = 2;", "x + y;");
    }

    @Test
    void mayEndInABlock() {
      assertThat(sources("for (int i = 0; i < 3; i++) { f(i); } if (a) b(); else { c(); } d()"))
          .containsExactly(
              "for (int i = 0; i < 3; i++) { f(i); }", "if (a) b(); else { c(); }", "d();");
    }

    @Test
    void goOnBehindABlockThatBelongsToAnExpression() {
      assertThat(
              sources(
                  """
                  Runnable r = () -> { a(); };
                  int[] xs = {1, 2};
                  new Thread() { public void run() {} }.start();
                  int y = switch (x) { case 1 -> 2; default -> 3; };
                  int[] open = {1}
                  """))
          .containsExactly(
              "Runnable r = () -> { a(); };",
              "int[] xs = {1, 2};",
              "new Thread() { public void run() {} }.start();",
              "int y = switch (x) { case 1 -> 2; default -> 3; };",
              "int[] open = {1};");
    }

    @Test
    void keepTheirCatchAndWhileClauses() {
      assertThat(sources("try (var a = b()) { c(); }\ncatch (E e) {}\nfinally { d(); }\ne();"))
          .containsExactly("try (var a = b()) { c(); }\ncatch (E e) {}\nfinally { d(); }", "e();");
      assertThat(sources("do { a(); } while (b); do c(); while (d);"))
          .containsExactly("do { a(); } while (b);", "do c(); while (d);");
    }

    @Test
    void mayBeNothingButComments() {
      assertThat(sources("")).isEmpty();
      assertThat(sources(" // one\n/* two */ ; ;")).isEmpty();
    }

    @Test
    void mayContainBracketsInTextAndComments() {
      assertThat(
              sources(
                  "String s = \"{;\"; char c = '}'; /* { */ // ;{\nf(\"\"\"\n  }; \"{\n  \"\"\");"))
          .containsExactly("String s = \"{;\";", "char c = '}';", "f(\"\"\"\n  }; \"{\n  \"\"\");");
    }

    @Test
    void mayLackTheFinalSemicolonBeforeAComment() {
      assertThat(sources("import java.util.List // why")).containsExactly("import java.util.List;");
      assertThat(sources("int x = 5 // five")).containsExactly("int x = 5;");
    }
  }

  @Nested
  class Declarations {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "public class A { int x; }",
          "abstract sealed class A<T extends B> permits C, D {}",
          "non-sealed class A extends B {}",
          "enum A { X { int f() { return 1; } }, Y; }",
          "@interface A { int[] value() default {1}; }",
          "@A({1, 2}) interface A { int f(); }",
        })
    void areTypes(String text) {
      JavaSnippet snippet = only(text);
      assertThat(snippet.kind()).isEqualTo(JavaSnippet.Kind.TYPE);
      assertThat(snippet.name()).isEqualTo("A");
      assertThat(snippet.closedByUser()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "int f(int a) { return a; }",
          "public static <T extends Comparable<T>> T f(List<T> a) throws IOException, b.C { x(); }",
          "@Override int[] f() { return new int[] {1}; }",
          "void f(Runnable... r) { }",
        })
    void areMethods(String text) {
      JavaSnippet snippet = only(text);
      assertThat(snippet.kind()).isEqualTo(JavaSnippet.Kind.METHOD);
      assertThat(snippet.name()).isEqualTo("f");
    }

    @Test
    void areRecordsUnlessTheWordIsAName() {
      assertThat(only("record R(int x) {}").kind()).isEqualTo(JavaSnippet.Kind.RECORD);
      assertThat(only("record = 5;").kind()).isEqualTo(JavaSnippet.Kind.STATEMENT);
    }

    /// JShell makes the record public and then finds the constructor less visible than that.
    @Test
    void makeTheConstructorOfARecordPublic() {
      JavaSnippet snippet = only("record R(int x) {\n  R { check(x); }\n  R() { this(1); }\n}");
      assertThat(snippet.source())
          .isEqualTo("record R(int x) {\n  public R { check(x); }\n  public R() { this(1); }\n}");
      assertThat(snippet.inCell(snippet.source().indexOf("check")))
          .isEqualTo(snippet.source().indexOf("check") - "public ".length());
    }

    @Test
    void leaveOtherUsesOfTheNameOfARecordAlone() {
      String text =
          "record R(int x) { static R one() { return new R(1); } public R { } R copy() { return"
              + " this; } }";
      assertThat(only(text).source()).isEqualTo(text);
    }
  }

  @Nested
  class Magics {

    @Test
    void standOnLinesAmongJava() {
      assertThat(sources("%maven a:b:1\nimport a.B;\n  %time f(1);\nint x = 1;"))
          .containsExactly(
              "Command[name=maven, arguments=a:b:1, body=, isCell=false, start=0, end=12]",
              "import a.B;",
              "Command[name=time, arguments=f(1);, body=, isCell=false, start=27, end=38]",
              "int x = 1;");
    }

    @Test
    void mayHoldWhatLooksLikeACommentOrAQuote() {
      assertThat(parse("%jars lib/*.jar don't\nint x;").pieces()).hasSize(2);
      assertThat(((Piece.Command) parse("%jars lib/*.jar").pieces().getFirst()).arguments())
          .isEqualTo("lib/*.jar");
    }

    @Test
    void mayBeValues() {
      JavaSnippet snippet = only("List<String> l = %jars lib/*.jar");
      assertThat(snippet.source()).isEqualTo("List<String> l = magic(jars|lib/*.jar|1);");
      assertThat(snippet.inCell(snippet.source().indexOf("magic"))).isEqualTo(17);
      assertThat(sources("\nx = %env HOME ;\ny();"))
          .containsExactly("x = magic(env|HOME|2) ;", "y();");
    }

    @Test
    void mayStandInBlocks() {
      assertThat(sources("for (;;) {\n  %time f()\n  return %env A\n}"))
          .containsExactly("for (;;) {\n  magic(time|f()|2);\n  return magic(env|A|3);\n}");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "int q = 3",
          "q++",
          "f(q)",
          "int[] q = new int[3]",
          "import java.util.*",
          "import java.util.List",
          "String s = \"%\""
        })
    void standBehindAStatementThatLacksItsSemicolon(String statement) {
      assertThat(piecesWithTime(statement + "\n%time f()\n"))
          .containsExactly(statement + ";", "magic");
      assertThat(piecesWithTime(statement + "\n  %%other\n"))
          .containsExactly(statement + ";", "magic");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "int r = a\n  %timer;",
          "int r = f(a\n  %time);",
          "int r = (a +\n  %time);",
          "int r = a % time\n  %time;"
        })
    void areNoneWhereCodeDeclaresTheNameOrABracketIsOpen(String text) {
      assertThat(piecesWithTime(text)).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "int r = a\n  %b;",
          "int r = a\n%time;",
          "int r = f(a)\n  %b();",
          "if (a == %b) {}",
          "String s = \"\"\"\n%time x\n\"\"\";",
          "/*\n%time x\n*/",
          "// %time x",
          "a %= b;",
        })
    void areNotFoundWhereJavaMeansSomethingElse(String text) {
      assertThat(names(text)).isEmpty();
      sources(text).forEach(source -> assertThat(source).doesNotContain("magic("));
    }

    @Test
    void takeTheWholeCellWithTwoPercentSigns() {
      Cell cell = parse("// first\n\n%%bash -x\necho %time {\n");
      assertThat(cell.pieces())
          .containsExactly(
              new Piece.Command("bash", "-x", "echo %time {\n", true, 10, cell.text().length()));
    }

    @Test
    void takeAnEmptyBody() {
      assertThat(parse("%%px").pieces())
          .containsExactly(new Piece.Command("px", "", "", true, 0, 4));
    }

    @Test
    void areAskedAbout() {
      assertThat(parse("%time?\nList?\n?x\n%%px?").pieces())
          .extracting(piece -> piece instanceof Piece.Help help ? help.subject() : "none")
          .containsExactly("%time", "List", "x", "%%px");
    }

    @Test
    void areNoQuestionsInAConditionalExpression() {
      assertThat(sources("int x = a?\n b : c;")).containsExactly("int x = a?\n b : c;");
    }
  }

  @Nested
  class Openness {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "f(1,",
          "class A {",
          "if (x)",
          "for (int i : xs)",
          "/* a",
          "\"\"\"\nabc",
          "try {",
          "else {",
          "%%bash\nls"
        })
    void isSeen(String text) {
      assertThat(parse(text).isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "int x = 5", "f();", "if (x) {}", "%time f(", "%%bash\nls\n"})
    void isNotSeenInWhatCanRun(String text) {
      assertThat(parse(text).isOpen()).isFalse();
    }
  }

  @Nested
  class UnfinishedText {

    @Test
    void isParsedWhereverItEnds() {
      String text =
          """
          @Deprecated(since = "1") @interface Note { @java.lang.Deprecated int x() default 1; }
          public non-sealed class A<T> extends B implements C { @Override public <R> R f() throws D { } }
          record R(@Note int x, int... y) { R { } } enum E { X { }, Y; E() { } }
          label: for (var x : y) { if (a) { } else if (b) c(); else { } do { } while (d); }
          try (var r = f()) { } catch (X | Y e) { } finally { } synchronized (q) { }
          var z = switch (p) { case R(var s, _) when s > 1 -> { yield 2; } default -> 3; };
          Runnable r = () -> { char c = '\\''; String s = "%"; }; int[] i = {1}; List<int[]> l = %jars x;
          import module java.base; import static a.B.*; package p;
          """;
      for (int end = 0; end <= text.length(); end++) {
        assertThat(parse(text.substring(0, end)).text()).hasSize(end);
      }
    }

    @Test
    void isParsedWhereverItStarts() {
      for (String start :
          List.of("@", "@a.", "@interface", "public @", "record", "enum", "label:", "%", "%%")) {
        assertThat(parse(start).text()).isEqualTo(start);
      }
    }
  }

  @Nested
  class Lines {

    @Test
    void areThoseOfTheCell() {
      Cell cell = parse("int a = 1;\n\n// comment\n  int b = 2; int c = 3;");
      assertThat(cell.pieces())
          .extracting(piece -> cell.lineOf(piece.start()))
          .containsExactly(1, 4, 4);
      assertThat(cell.columnOf(cell.pieces().get(1).start())).isEqualTo(2);
      assertThat(cell.line(3)).isEqualTo("// comment");
    }
  }
}
