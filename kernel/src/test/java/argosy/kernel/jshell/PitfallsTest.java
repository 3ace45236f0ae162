package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.magic.BuiltInMagics;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong in kernels that hand cells to JShell as they are, where no other test names it.
@Timeout(300)
class PitfallsTest {

  private final TestSession session = TestSession.open(PitfallsTest::registerTwice);

  private static void registerTwice(KernelContext kernel) {
    kernel.register(
        new Magic() {
          @Override
          public String name() {
            return "twice";
          }

          @Override
          public Kind kind() {
            return Kind.LINE;
          }

          @Override
          public String summary() {
            return "Runs code two times.";
          }

          @Override
          public String usage() {
            return "%twice code";
          }

          @Override
          public @Nullable Object run(MagicCall call) throws Exception {
            kernel.evaluate(call.arguments(), call.line());
            return kernel.evaluate(call.arguments(), call.line());
          }
        });
  }

  @AfterEach
  void close() {
    session.close();
  }

  /// A type that cannot be written must not end up in the code that the kernel makes.
  @Test
  void variablesMayHaveTypesThatCannotBeWritten() {
    session.run("var point = new Object() { int x = 3; int twice() { return 2 * x; } };");
    session.run("point.x + point.twice()").shows("9");
    session.run("var both = List.of(1, \"s\");\nboth.get(1)").shows("s");
    session
        .run("var wild = (List<? extends Number>) List.of(4); wild.get(0).intValue()")
        .shows("4");
  }

  /// Trap: for a type without a name the shell takes one that the value does not fit.
  @Test
  void variablesMayHaveTypesThatTheShellDoesNotFindANameFor() {
    String cell = "var two = Stream.of(1, 2.5).toList();\ntwo.get(1).intValue() + two.size()";
    session.run(cell).shows("4");
    session.run(cell).shows("4");
    session.run("two.getFirst().doubleValue()").shows("1.0");
    session.run("var wrong = Stream.of(1, 2.5).toList().size(1);").says("size", "wrong = Stream");
  }

  /// Trap: Lombok has a type `var`, which the compiler lets code import and not use.
  @Test
  void aLibraryMayHaveATypeOfANameThatIsNone(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    for (String name : List.of("var", "record", "Other")) {
      ClassFile.of()
          .buildTo(
              folder.resolve("lib", name + ".class"),
              ClassDesc.of("lib", name),
              type -> type.withFlags(AccessFlag.PUBLIC, AccessFlag.ABSTRACT));
    }
    try (TestSession libraries = TestSession.open(new BuiltInMagics())) {
      libraries.run("%classpath " + folder + "\nimport lib.*;\nvar x = 5;\nx").shows("5");
      libraries.run("record P(int x) {}\nvar p = new P(x);\np.x()").shows("5");
      libraries.run("Other.class.getName()").shows("lib.Other");
    }
  }

  /// Threads that a cell starts must find its classes as its own thread does.
  @Test
  void everyThreadOfACellFindsItsClasses() {
    session.run("class Plugin { public String toString() { return \"loaded\"; } }");
    session
        .run(
            "Callable<Object> byName = () ->"
                + " Thread.currentThread().getContextClassLoader().loadClass(Plugin.class.getName()).getDeclaredConstructor().newInstance();")
        .succeeds();
    session.run("byName.call()").shows("loaded");
    session
        .run(
            "var pool = Executors.newFixedThreadPool(1); var found = pool.submit(byName).get();"
                + " pool.shutdown(); found")
        .shows("loaded");
  }

  /// The compiler recurses through long expressions.
  @Test
  void longExpressionsFitTheStack() {
    String sum =
        IntStream.range(0, 1500)
            .mapToObj(i -> "\"" + i + "\"")
            .collect(Collectors.joining(" + x + "));
    session.run("String x = \"\";\nString all = " + sum + ";\nall.length()").shows("4890");
  }

  @Test
  void aCellMayHaveHundredsOfLines() {
    StringBuilder cell = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      cell.append("int line").append(i).append(" = ").append(i).append(";\n");
      cell.append("if (line").append(i).append(" < 0) {\n  System.out.println(\"no\");\n}\n");
    }
    cell.append("line149 / (line1 - 1)");
    session.run(cell.toString()).fails("java.lang.ArithmeticException").says("line 601");
    session.run("line149").shows("149");
  }

  @Test
  void methodsAndClassesMayBeInAnyOrder() {
    session
        .run(
            """
            class Shop { Basket basket = new Basket(); int total() { return sum(basket.prices); } }
            class Basket { List<Integer> prices = List.of(1, 2, 3); Shop shop; }
            int sum(List<Integer> all) { return all.stream().mapToInt(i -> rounded(i)).sum(); }
            int rounded(double price) { return (int) Math.round(price); }
            new Shop().total()
            """)
        .shows("6")
        .notesNothing();
    session.run("class Egg { Hen hen; }").fails("CompilationError").says("class Hen");
    session.run("class Hen { Egg egg = new Egg(); }\nnew Hen().egg.hen").shows("null");
  }

  @Test
  void aClassThatWaitsIsNamedWhereItCannotBeUsedAndInNoLaterCell() {
    session
        .run(
            """
            @Retention(RetentionPolicy.RUNTIME) @interface Marker { }
            @Marker class Marked { }
            Marked.class.getAnnotations().length
            """)
        .fails("CompilationError")
        .says(
            "line 1: cannot find class Retention; Marker can be used",
            "line 1: cannot find variable RetentionPolicy; Marker can be used",
            "line 3: cannot find symbol")
        .doesNotSay("The other lines ran");
    session.run("1 + 1").shows("2");
    session.run("import java.lang.annotation.*;").succeeds();
    session
        .run("class Idle { Nowhere nowhere; }\nint n = 1 / 0;")
        .fails("java.lang.ArithmeticException");
    session.run("1 + 1").shows("2").notesNothing();
  }

  /// What a magic runs meanwhile is another text.
  @Test
  void aMagicMayStandBetweenClassesThatNeedEachOther() {
    session
        .run(
            "class Lock { Key key = new Key(); }\n%twice 1 + 1\nclass Key { }\nnew Lock().key != null")
        .shows("true")
        .notesNothing();
  }

  @Test
  void aClassMayBeRedefinedWhileGenericSignaturesUseIt() {
    session.run(
        """
        class Item { int n = 1; }
        <T extends Item> int count(List<T> all) { return all.size(); }
        Map<String, List<Item>> shelves = new HashMap<>();
        class Shelf extends ArrayList<Item> { }
        Comparator<Item> byN = Comparator.comparing(i -> i.n);
        """);
    session.run("class Item { int n = 1; String label = \"new\"; }").succeeds();
    session
        .run(
            "shelves.put(\"a\", List.of(new Item())); var shelf = new Shelf(); shelf.add(new"
                + " Item()); shelf.sort(byN); count(shelf) + shelves.get(\"a\").get(0).label")
        .shows("1new");
  }

  @Test
  void unreachableCodeAndThrowAtTopLevel() {
    session
        .run("throw new IllegalStateException(\"one\");\nint never = 1;")
        .fails("java.lang.IllegalStateException");
    session.run("never").fails("CompilationError");
    session
        .run("while (true) { throw new UnsupportedOperationException(); }")
        .fails("java.lang.UnsupportedOperationException");
    session
        .run("if (true) throw new ArithmeticException(\"on purpose\");")
        .fails("java.lang.ArithmeticException")
        .says("on purpose");
  }

  /// The shell swallows the modifier.
  @Test
  void anAssignmentToAFinalVariableIsNoted() {
    session
        .run("final int N = 3; private static final List<Integer> L = List.of(); int n = 4;")
        .notesNothing();
    session.run("n = N; if (N == 3) n++; int N2 = N;").notesNothing();
    session.run("N = 5").shows("5").notes("N was declared final");
    session.run("final int BLANK;\nBLANK = 5;").notesNothing();
    session.run("BLANK = 6").notes("BLANK was declared final");
    session.run("for (int i = 0; i < 2; i++) { N += i; }").notes("N was declared final");
    session.run("int N = 6; N++;").notesNothing();
  }

  /// The shell rejects the modifier.
  @Test
  void methodsMayBeSynchronized() {
    session
        .run(
            """
            int counted = 0;
            public static synchronized int count() { return ++counted; }
            synchronized
            void back() throws InterruptedException {
              counted--;
            }
            @SuppressWarnings({"unchecked"}) synchronized <T> T same(T x) { return x; }
            synchronized <T> T locked(Callable<T> body) throws Exception { return body.call(); }
            boolean holdsOthersBack() throws Exception {
              var entered = new CountDownLatch(1);
              var other = new Thread(() -> { entered.countDown(); count(); });
              return locked(() -> {
                other.start();
                entered.await();
                while (other.getState() != Thread.State.BLOCKED) Thread.onSpinWait();
                return true;
              });
            }
            """)
        .notesNothing()
        .succeeds();
    session.run("holdsOthersBack()").shows("true");
    session.run("count(); back(); same(\"x\") + holdsOthersBack()").shows("xtrue");
    session
        .run("synchronized int wrong() {\n  int a = 1;\n  return \"x\" - a;\n}")
        .fails("CompilationError")
        .says("line 3: bad operand types");
    session.run("synchronized int zero() {\n  return 1 / 0;\n}\nzero()").says("line 2, in zero");
  }

  @Test
  void anOverloadMayCallOneThatComesLater() {
    session
        .run(
            """
            int depth(String s) { return s.isEmpty() ? 0 : depth(s.length()); }
            int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }
            depth("four")
            """)
        .shows("4")
        .notesNothing();
  }

  @Test
  void overloadsMayCallEachOther() {
    session
        .run(
            """
            int steps(int n) { return n > 3 ? n : steps("x".repeat(n)); }
            @SuppressWarnings({"unused"}) public static int steps(String s) throws RuntimeException {
              return steps(s.length() + 2);
            }
            steps(1)
            """)
        .shows("5")
        .notesNothing();
    session
        .run(
            """
            int steps(int n) { return n > 9 ? n : steps("x".repeat(n)); }
            int steps(String s) { return steps(s.length() + 2); }
            steps(1)
            """)
        .shows("11");
  }

  @Test
  void ofOverloadsThatCallEachOtherAWrongOneIsNamedAndTheOldOnesStay() {
    session.run("int steps(int n) { return 7; }");
    session
        .run(
            """
            int steps(int n) { return steps("x".repeat(n)); }
            int steps(String s) { return steps(s.length()) - s; }
            """)
        .fails("CompilationError")
        .says("line 2: bad operand types")
        .doesNotSay("line 1:");
    session.run("steps(1)").shows("7");
    session.run("steps(\"x\")").fails("CompilationError");
  }

  /// The compiler does not know yet which exceptions the lambda may throw.
  @Test
  void lambdasMayBeArgumentsOfMethodsThatComeLater() {
    session
        .run(
            """
            int waited(CountDownLatch latch) throws Exception {
              return locked(() -> { latch.await(); return 7; });
            }
            <T> T locked(Callable<T> body) throws Exception { return body.call(); }
            waited(new CountDownLatch(0))
            """)
        .shows("7")
        .notesNothing();
    session
        .run(
            """
            int first() { return second("x") + undone; }
            int other() { return "x" - 1; }
            int second(String s) { return third(s.length()); }
            int third(int n) { return n; }
            System.out.println("runs");
            """)
        .fails("CompilationError")
        .says("line 2: bad operand types")
        .prints("");
    session
        .run("int third() { return third(2) - \"x\"; }\nint third(int n) { return n; }")
        .fails("CompilationError")
        .says("line 1: bad operand types")
        .doesNotSay("line 2");
  }

  @Test
  void moduleImports() {
    session.run("import module java.sql;\nTypes.INTEGER").shows("4");
    session
        .run("import module java.base;\nList<String> names = List.of(\"a\");\nnames")
        .shows("[a]");
    session
        .run("import module java.desktop;\nList<Integer> numbers = List.of(1);\nnew Point(2, 3).y")
        .shows("3");
    session.run("import module java.se;\nElement e = null;").fails("CompilationError");
    session
        .run("import module no.such;")
        .fails("CompilationError")
        .says("imported module not found: no.such");
  }

  @Test
  void aTypeOfTheCellIsMeantRatherThanOneOfAModuleThatIsImported() {
    session
        .run(
            """
            import module java.desktop;
            sealed interface Shape permits Circle, Square {}
            record Circle(double radius) implements Shape {}
            record Square(double side) implements Shape {}
            String name(Shape shape) {
              return switch (shape) { case Circle _ -> "circle"; case Square _ -> "square"; };
            }
            name(new Circle(1))
            """)
        .shows("circle");
  }

  @Test
  void whatWaitsFindsItsNamesInAnImportThatComesLater() {
    session
        .run(
            """
            record Birth(LocalDate day) {}
            import java.time.*;
            new Birth(LocalDate.EPOCH)
            """)
        .shows("Birth[day=1970-01-01]")
        .notesNothing();
    session.run("String name(ChronoUnit unit) { return \"\" + unit; }").fails("CompilationError");
    session.run("import java.time.temporal.*;\nname(ChronoUnit.DAYS)").shows("Days");
  }

  /// Trap: the import of a preview would be accepted, and fail every snippet after it.
  @Test
  void aPreviewOfThePlatformIsNamedAndDoesNoHarm() {
    session
        .run("StructuredTaskScope<Object, Void> scope = null;")
        .fails("CompilationError")
        .says("line 1: java.util.concurrent.StructuredTaskScope is a preview API");
    session
        .run("import java.util.concurrent.StructuredTaskScope;")
        .fails("CompilationError")
        .says("is a preview API");
    session.run("return 5;").shows("5");
    session.run("int twice(int x) { return x + x; }\ntwice(2)").shows("4");
  }

  @Test
  void aCellInAnotherLanguageGetsAShortAnswer() {
    TestSession.Ran python = session.run("import numpy as np\nfor i in range(3):\n    print(i)\n");
    python.fails("SyntaxError").says("line 1");
    assertThat(python.failure().traceback()).hasSizeLessThan(20);
    TestSession.Ran shell = session.run("pip install pandas");
    assertThat(shell.failure().traceback()).hasSizeLessThan(12);
    session.run("1 + 1").shows("2");
  }

  @Test
  void temporaryVariablesAreNotOffered() {
    session.run("40 + 2");
    assertThat(session.interpreter().complete("", 0).matches())
        .noneMatch(match -> match.text().startsWith("$"));
  }

  @Test
  void aNameThatOneCellDeclaresTwiceIsNoted() {
    session
        .run("int twice = 1;\nint other = twice + 1;\nint twice = 2;\ntwice")
        .shows("2")
        .notes("twice is declared on line 1 and again on line 3; the second one counts");
    session
        .run("int halved(int x) {\n  return x / 2;\n}\nint halved(int x) {\n  return x >> 1;\n}")
        .notes("halved(int) is declared on line 1 and again on line 4; the second one counts");
    session
        .run("class Pair {}\nrecord Pair(int a) {}\nnew Pair(1).a()")
        .shows("1")
        .notes("Pair is");
    session.run("int same = 1, same = 2;").notes("same is declared twice on line 1");
  }

  @Test
  void aNameThatTwoCellsDeclareIsNot() {
    session.run("int again = 1;\nint again(int x) { return x; }\nclass again {}").notesNothing();
    session
        .run("int again = 2;\nint again(long x) { return 2; }\nagain(3)")
        .shows("3")
        .notesNothing();
    session
        .run("for (int i = 0; i < 2; i++) {}\nfor (int i = 0; i < 2; i++) {}\n1;\n2")
        .notesNothing();
    session
        .run("int f(int n) { return n == 0 ? 0 : g(n - 1); }\nint g(int n) { return f(n); }\nf(3)")
        .shows("0")
        .notesNothing();
  }
}
