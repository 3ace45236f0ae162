package argosy.kernel.jshell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.interpreter.ReadableFrame;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ErrorsTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  /// To the shell it is one that a later declaration may complete.
  @Test
  void ofWhatASubclassOwesItsSuperclassAreShownAtOnce() {
    session.run("class Named { Named(String name) {} }").succeeds();
    session
        .run("class Dog extends Named {\n  Dog() { }\n  void bark() { }\n}\nint after = 1;")
        .fails("CompilationError")
        .says("line 2: constructor Named in class Named cannot be applied")
        .says("Nothing of the cell ran");
    session.run("after").fails("CompilationError");
    session.run("class Cat extends Named { Cat() { super(\"cat\"); } int lives = 9; }").succeeds();
    session.run("class Cat extends Named { }").fails("CompilationError").says("cannot be applied");
    session.run("new Cat().lives").shows("9");
    session.run("class Named { }\nclass Fox extends Named { }").succeeds();
    session.run("class Named { Named(int id) {} }").succeeds();
    session
        .run("new Fox()")
        .fails("CompilationError")
        .says("Fox no longer compiles: constructor Named in class Named cannot be applied");
  }

  @Test
  void runNothingIfTheSyntaxIsWrongAnywhere() {
    session
        .run("System.out.print(1);\nint a = ;\n")
        .fails("SyntaxError")
        .says(
            "line 2: illegal start of expression",
            "    int a = ;",
            "            ^",
            "Nothing of the cell ran")
        .prints("");
    session.run("int ok = 1;\nclass Open {").fails("SyntaxError").says("line 2");
    session
        .run("int ok = 1;\n/* open\nint hidden = 2;")
        .fails("SyntaxError")
        .says("line 2: unclosed comment");
    session.run("/** open").fails("SyntaxError").says("line 1: unclosed comment");
    session.run("ok").fails("CompilationError");
    session.run("int y = 5 int z = 6;").fails("SyntaxError");
    session.run("foo(1;\nbar();").fails("SyntaxError").says("line 1");
  }

  @Test
  void showWhatWasAddedToAFailureAsARemarkUnlessItWasThrownItself() {
    session
        .run(
            """
            class Remark extends Exception {
              Remark() { super(null, null, false, false); }
              public String toString() { return "said besides"; }
            }
            var failure = new Exception("outer");
            failure.addSuppressed(new Remark());
            failure.addSuppressed(new Exception("inner"));
            throw failure;
            """)
        .fails("java.lang.Exception")
        .says("\n    said besides\n", "Suppressed: java.lang.Exception: inner");
  }

  @Test
  void sayWhereCausesGoInACircle() {
    session
        .run(
            """
            Exception innerPart = new Exception("inner");
            Exception outerPart = new Exception("outer", innerPart);
            innerPart.initCause(outerPart);
            throw outerPart;
            """)
        .fails("java.lang.Exception")
        .says("Caused by: java.lang.Exception: outer\n    (the same as above)");
  }

  @Test
  void nameThePlaceOfAnInitializerOnce() {
    String read =
        session
            .run("int given = 1;\nvar parsed = Integer.parseInt(\"x\" + given);")
            .fails("java.lang.NumberFormatException")
            .says("line 2", "var parsed = Integer.parseInt(")
            .text();
    assertThat(read).containsOnlyOnce(", line ");
  }

  @Test
  void ofTypesStopTheCellAndSayWhatRan() {
    session
        .run("int first = 1;\n\nint second =\n   \"two\";\nint third = 3;")
        .fails("CompilationError")
        .says(
            "line 4: incompatible types: java.lang.String cannot be converted to int",
            "      \"two\";",
            "^^^^^",
            "Lines 1 to 1 ran".replace("Lines 1 to 1", "Line 1"));
    session.run("first").shows("1");
    session.run("third").fails("CompilationError").doesNotSay("location");
  }

  @Test
  void ofTypesSayWhatRanOnTheirOwnLine() {
    session
        .run("int ahead = 1; int failing = \"two\";")
        .says("\nWhat stands in front of it ran; nothing after that did.");
    session
        .run("int ahead = 1;\nahead++; int failing = \"two\";")
        .says("\nLine 1, and what stands in front of it, ran; nothing after that did.");
    session
        .run("int ahead = 1;\n\nahead++; int failing = \"two\";")
        .says("\nLines 1 to 2, and what stands in front of it, ran;");
  }

  @Test
  void ofExpressionsBehindACellQuoteTheExpression() {
    RecordingIo io = new RecordingIo(900);
    CellOutcome cell = session.interpreter().execute("int zero = 0; // the cell's own line", io);
    assertThat(cell).isInstanceOf(CellOutcome.Nothing.class);
    assertThat(failure("7 / zero", io))
        .contains("ArithmeticException", "user_expression, line 1", "        7 / zero")
        .doesNotContain("Cell [900]", "own line");
    assertThat(failure("zero + one", io))
        .contains("user_expression, line 1", "cannot find symbol", "    zero + one");
  }

  private static String failure(String expression, RecordingIo io) {
    CellOutcome outcome = session.interpreter().evaluate(expression, io);
    return new TestSession.Ran(outcome, io).text();
  }

  @Test
  void readAsTheUserKnowsThemWhereTheCellPrintsThem() {
    session.run("int inverse(int x) {\n  return 1 / x;\n}");
    session.run(
        "try {\n  inverse(0);\n} catch (Exception e) {\n  System.getProperties().put(\"kept\", e);\n}");
    List<ReadableFrame> frames = kept();
    assertThat(frames).hasSize(2);
    assertThat(frames.getFirst().text()).matches("Cell \\[\\d+], line 2, in inverse");
    assertThat(frames.getLast().text()).matches("Cell \\[\\d+], line 2");
    assertThat(frames).extracting(ReadableFrame::isOutermost).containsExactly(false, true);
    session.run(
        "Thread other = new Thread(() -> System.getProperties().put(\"kept\", new Exception()));"
            + " other.start(); other.join();");
    assertThat(kept())
        .singleElement()
        .satisfies(frame -> {
          assertThat(frame.text()).matches("Cell \\[\\d+], line 1, in a lambda");
          assertThat(frame.isOutermost()).isFalse();
        });
    System.getProperties().remove("kept");
  }

  @Test
  void areNamedByTheirCellWhereOnlyClassAndMethodAreKnown() {
    session.run("class Store {\n  Class<?> type() {\n    return getClass();\n  }\n}");
    session.run("System.getProperties().put(\"kept\", new Store().type().getName());");
    String type = (String) requireNonNull(System.getProperties().remove("kept"));
    String top = type.substring(0, type.lastIndexOf('$'));
    assertThat(readable(type, "type")).matches("Cell \\[\\d+], in Store.type");
    assertThat(readable(type, "lambda$type$0")).matches("Cell \\[\\d+], in a lambda of Store.type");
    assertThat(readable(top, "do_it$")).matches("Cell \\[\\d+]");
    assertThat(session.interpreter().readable(new StackTraceElement("a.B$C", "run", null, -1)))
        .isEmpty();
  }

  @Test
  void areNamedByTheirOwnClassWhereTheyArePrinted() {
    session
        .run(
            """
            class Lost extends Exception { Lost() { super("key"); } }
            class Key { static class Part {} }
            class Other { @Override public String toString() { return "REPL.$JShell$"; } }
            enum Kind { A { } }
            var all = new StringBuilder();
            all.append(new Lost()).append(' ').append(Key.class).append(' ');
            all.append(new Key[0].getClass().getName()).append(' ').append(Kind.A.getClass());
            all.append(' ').append(Key.Part.class.getName()).append(' ');
            all.append(Key.Part.class.getCanonicalName()).append(' ').append(new Other());
            all.toString()
            """)
        .succeeds();
    String printed =
        (String) requireNonNull(session.run("all.toString()").value().get("text/plain"));
    assertThat(printed).contains("REPL.$JShell$");
    assertThat(session.interpreter().readable(printed))
        .isEqualTo("Lost: key class Key [LKey; class Kind$1 Key$Part Key.Part REPL.$JShell$");
  }

  @Test
  void leaveOutTheClassAroundAClassWithoutANameWhereItIsPrinted() {
    session
        .run(
            """
            interface Named { String name(); }
            var unnamed = new Named() { public String name() { return getClass().getName(); } };
            Named other = new Named() { public String name() { return "" + getClass(); } };
            Named lambda = () -> "";
            """)
        .succeeds();
    String printed =
        (String)
            requireNonNull(
                session
                    .run(
                        "unnamed.name() + other.name().replace(\"class\", \"\") + \" \" + lambda + \" \" +"
                            + " lambda.getClass().getSimpleName() + new Named[0].getClass()")
                    .value()
                    .get("text/plain"));
    assertThat(session.interpreter().readable(printed))
        .matches("\\$\\d+ \\$1 \\$\\$Lambda/0x\\w+@\\w+ \\$\\$Lambda/0x\\w+class \\[LNamed;");
  }

  @Test
  void ofAClassWithoutANameHaveThatOfTheClassThatItExtends() {
    session.run("throw new Exception(\"why\") {};").fails("java.lang.Exception").says("why");
    session
        .run("var made = new IllegalStateException(\"so\") {};\nthrow made;")
        .fails("java.lang.IllegalStateException")
        .says("IllegalStateException: so");
  }

  private static String readable(String type, String method) {
    return session
        .interpreter()
        .readable(new StackTraceElement(type, method, null, -1))
        .orElseThrow()
        .text();
  }

  /// The frames of cells in the stack that a cell has kept.
  private static List<ReadableFrame> kept() {
    Throwable kept = (Throwable) requireNonNull(System.getProperties().get("kept"));
    return Stream.of(kept.getStackTrace())
        .map(session.interpreter()::readable)
        .flatMap(Optional::stream)
        .filter(frame -> !frame.text().isEmpty())
        .toList();
  }

  @Test
  void sayHowACommandIsRunThatIsWrittenAsInPython() {
    session.run("!pip install numpy").says("To run a command, write: %sh pip install numpy");
    session
        .run("!apt update -q &> all\n!unzip -q a.zip && cd a")
        .says("%sh apt update")
        .doesNotSay("line 2");
    session.run("int k = 2;\n!ls -la").says("To run a command, write: %sh ls -la");
    session.run("/vars -all").says("To run a command of JShell, write: %jshell /vars -all");
    session.run("1\n/ (2").doesNotSay("command");
    session.run("!(1 + 1)").doesNotSay("command");
    session.run("boolean no = false;\n!no").shows("true");
  }

  @Test
  void showAllThatIsWrongWithASnippet() {
    session
        .run("int twice() {\n  int a = \"x\";\n  return \"y\";\n}")
        .fails("CompilationError")
        .says("line 2", "line 3");
  }

  @Test
  void areShownWithTheirClassAndLines() {
    TestSession.Ran ran = session.run("int half(int a) {\n  return a / 0;\n}\n\nhalf(\n  3)");
    ran.fails("java.lang.ArithmeticException")
        .says(
            "java.lang.ArithmeticException: / by zero",
            "line 2, in half",
            "return a / 0;",
            "line 5")
        .doesNotSay("REPL", "jdk.jshell", "argosy", "reflect");
    assertThat(ran.failure().message()).isEqualTo("/ by zero");
  }

  @Test
  void showTheirCauses() {
    session
        .run(
            "void deep() { throw new IllegalStateException(\"inner\"); }\ntry { deep(); } catch (Exception e) { throw new RuntimeException(\"outer\", e); }")
        .fails("java.lang.RuntimeException")
        .says("outer", "Caused by: java.lang.IllegalStateException: inner", "line 1, in deep");
  }

  @Test
  void nameLambdasAndClassesAsTheUserDoes() {
    session
        .run(
            "class Out { class In { int boom() { return List.of(1).stream().mapToInt(i -> i / 0).sum(); } } }\nnew Out().new In().boom()")
        .says("a lambda of Out$In.boom", "in Out$In.boom", "java.util.stream");
    session.run("class Own extends Exception { }\nthrow new Own();").fails("Own");
  }

  /// What the user prints himself names the cell too.
  @Test
  void nameTheCellInStackTracesThatTheUserPrints() {
    TestSession.Ran ran =
        session.run(
            "\ntry { Object o = null; o.hashCode(); } catch (Exception e) { System.out.println(e.getStackTrace()[0] + e.getMessage()); }");
    assertThat(ran.io().out())
        .contains("(Cell [" + ran.io().number() + "]:2)", "because \"o\" is null");
  }

  @Test
  void stayRightWhenTheSameTextMovesToAnotherLine() {
    session.run("int moved = Integer.parseInt(\"x\");").says("line 1");
    session.run("\n\nint moved = Integer.parseInt(\"x\");").says("line 3");
  }

  /// Trap: the virtual machine remembers the source of a class from its first stack trace.
  @Test
  void nameTheCellThatRanLastWhenItHasBeenChangedAndFailsAgain() {
    for (String wrong : List.of("1 / 0", "\n  Integer.parseInt(\"x\")", "List.of(1).get(5)")) {
      TestSession.Ran variable = session.run("int wrong = " + wrong + ";");
      variable.says(
          "Cell [" + variable.io().number() + "], line " + wrong.lines().count(), wrong.strip());
      TestSession.Ran method = session.run("int wrong() {\n  return " + wrong + ";\n}\nwrong()");
      method.says(
          "Cell [" + method.io().number() + "], line " + (1 + wrong.lines().count()),
          wrong.strip());
    }
  }

  @Test
  void standWhereADeclarationNamesWhatIsMissing() {
    session
        .run(
            """
            // Rank comes with Club
            class Team
                // a Rank, too
                extends Club<Rank> {
              Rank rank;
            }
            """)
        .fails("CompilationError")
        .says(
            "line 4: cannot find class Club; Team can be used as soon as a cell declares",
            "        extends Club<Rank> {\n                ^^^^\n",
            "line 4: cannot find class Rank; Team can be used as soon as a cell declares",
            "        extends Club<Rank> {\n                     ^^^^\n");
  }

  @Test
  void nameTheTypesOfOurOwnMethodsWithoutTheirAnnotations() {
    session.run("render()").says("render(java.lang.Object)").doesNotSay("jspecify");
  }

  /// What holds the old code goes on naming the cell that it comes from.
  @Test
  void nameTheOldCellForCodeThatHasOnlyBeenReplaced() {
    TestSession.Ran first =
        session.run(
            "class Kept {\n  Runnable task() {\n    return () -> { throw new IllegalStateException(); };\n  }\n}\nRunnable kept = new Kept().task();");
    session.run("class Kept {\n  int more;\n}");
    session
        .run("kept.run()")
        .says("Cell [" + first.io().number() + "], line 3, in a lambda of Kept.task");
  }

  /// Trap: such an exception ends JShell.
  @Test
  void doNotNameTheMethodThatTheShellPutsStatementsIn() {
    session
        .run("Runnable twice = () -> {\n  int one = 1;\n  int one = 2;\n};")
        .fails("CompilationError")
        .says("line 3: variable one is already defined")
        .doesNotSay("do_it");
    session
        .run("{ int two = 1; int two = 2; }")
        .fails("CompilationError")
        .says("variable two is already defined")
        .doesNotSay("do_it");
  }

  @Test
  void nameLocalClasses() {
    session
        .run(
            "{\n  class Odd extends RuntimeException {}\n  throw new RuntimeException(new Odd());\n}")
        .fails("java.lang.RuntimeException")
        .says("RuntimeException: Odd", "Caused by: Odd");
    session
        .run("{\n  class Ärger extends RuntimeException {}\n  throw new Ärger();\n}")
        .fails("Ärger");
  }

  @Test
  void nameLocalVariables() {
    session
        .run(
            "int lengthOf(String text) { String copy = text; return copy.length(); }\nlengthOf(null)")
        .fails("java.lang.NullPointerException")
        .says("\"copy\" is null");
  }

  @Test
  void mayThrowInTheirGetMessage() {
    session
        .run(
            "class Bad extends RuntimeException { public String getMessage() { throw new IllegalStateException(); } }\nthrow new Bad();")
        .fails("Bad");
    session.run("1").shows("1");
  }

  @Test
  void callAClassWithoutANameWhatItIs() {
    session
        .run(
            "Object it = new Object() { public String toString() { return \"\" + 1 / 0; } };\nit.toString()")
        .fails("java.lang.ArithmeticException")
        .says("line 1, in toString of an anonymous class");
    session
        .run(
            "class Outer { Runnable of() { return new Runnable() { public void run() { throw new IllegalStateException(); } }; } }\nnew Outer().of().run();")
        .fails("java.lang.IllegalStateException")
        .says("line 1, in run of an anonymous class");
    session
        .run("var list = new ArrayList<Integer>() {{ add(1 / 0); }};")
        .fails("java.lang.ArithmeticException")
        .says("line 1, in an anonymous class");
  }

  @Test
  void includeExhaustionOfStackAndHeap() {
    session
        .run("int deeper(int n) { return deeper(n + 1) + 1; }\ndeeper(0)")
        .fails("java.lang.StackOverflowError")
        .says(" times)");
    session
        .run("var hog = new ArrayList<long[]>(); while (true) { hog.add(new long[100_000_000]); }")
        .fails("java.lang.OutOfMemoryError");
    session.run("hog = null; 5").shows("5");
  }

  @Test
  void includeTheEndOfTheProcess() {
    session
        .run("System.exit(3);")
        .fails("ExitError")
        .says("System.exit(3) ended the cell", "line 1");
    session.run("Runtime.getRuntime().halt(1);").fails("ExitError");
    session.run("IntConsumer c = System::exit; c.accept(2);").fails("ExitError");
    session
        .run("System.out.print(1); System.exit(0); System.out.print(2);")
        .showsNothing()
        .prints("1")
        .notes("System.exit(0)");
    session.run("1").shows("1");
  }

  /// A stack that overflows may do so where no line is known.
  @Test
  void nameNoLineThatIsNotKnown() {
    TestSession.Ran ran =
        session.run(
            """
            Exception odd = new Exception("odd");
            StackTraceElement top = odd.getStackTrace()[0];
            odd.setStackTrace(new StackTraceElement[] {
              new StackTraceElement(top.getClassName(), "work", top.getFileName(), -1)});
            throw odd;
            """);
    ran.fails("java.lang.Exception").says(", in work");
    assertThat(ran.text()).doesNotContain("line -1");
  }

  /// Trap: javac crashes, and then rejects everything that comes later. What crashes it here does
  /// so only where JShell is left alone.
  @Test
  void ofTheCompilerItselfCostOneSnippet() {
    try (TestSession alone = TestSession.openWithoutForesight()) {
      alone.run("var mixed = List.of(1, \"s\", 2.5);");
      alone
          .run("String crash = \"\" + mixed.get(1);")
          .fails("CompilationError")
          .says("compiler itself failed")
          .notesNothing();
      alone.run("int fine = 4; fine + mixed.size()").shows("7");
    }
  }

  @Test
  void areNoErrorsIfALaterCellDeclaresWhatIsMissing() {
    session
        .run("int early() { return late(1) + new Late().x; }")
        .succeeds()
        .notes("early", "late(int)", "Late");
    session.run("early()").fails("UndeclaredException").says("early() needs", "late(int)");
    session.run("int late(int x) { return x; }\nclass Late { int x = 5; }");
    session.run("early()").shows("6");
  }

  @Test
  void areReportedOnlyIfTheWholeCellDoesNotDeclareWhatIsMissing() {
    session
        .run("class A1 { B1 b; }\nclass B1 { A1 a = null; }\nnew B1().a")
        .shows("null")
        .notesNothing();
    session
        .run(
            "sealed interface S permits S1, S2 {}\nrecord S1(int x) implements S {}\nrecord S2(S s) implements S {}\n"
                + "String d(S s) { return switch (s) { case S1(var x) -> \"one\"; case S2(var t) -> \"two \" + d(t); }; }\nd(new S2(new S1(4)))")
        .shows("two one");
    session
        .run("int ok2 = 1;\nNowhere missing;\nint ok3 = 3;")
        .fails("CompilationError")
        .says("line 2", "class Nowhere", "The other lines ran");
    session.run("ok2 + ok3").shows("4");
  }
}
