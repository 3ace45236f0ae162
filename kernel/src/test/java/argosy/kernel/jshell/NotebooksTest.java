package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the notebooks of other Java kernels use most, in their order.
class NotebooksTest {

  private final TestSession session = TestSession.open();

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void statementsAndExpressionsAtTopLevel() {
    session.run("String name = \"x\";\nname").shows("x");
    session.run("name = \"y\";").showsNothing();
    session.run("name = \"y\"").shows("y");
    session.run("int a = 5;").showsNothing();
    session.run("System.out.println(name);").showsNothing().prints("y\n");
  }

  @Test
  void publicClassesWithMainAndSeveralTypesInACell() {
    session
        .run(
            """
            interface Greeter { String greet(); }
            class Polite implements Greeter { public String greet() { return "Good day"; } }
            public class Main {
              private static Greeter greeter = new Polite();
              public static void main(String[] args) { System.out.println(greeter.greet() + args.length); }
            }
            Main.main(new String[0]);
            """)
        .showsNothing()
        .prints("Good day0\n");
    session.run("Main.main(null == null ? new String[] {\"a\"} : null);").prints("Good day1\n");
  }

  @Test
  void controlFlowAtTopLevelAndImportsAnywhere() {
    session
        .run(
            """
            int total = 0;
            for (int i = 0; i < 3; i++) total += i;
            import java.util.concurrent.atomic.AtomicInteger;
            if (total > 2) { System.out.print("big"); } else { System.out.print("small"); }
            import java.util.concurrent.atomic.AtomicInteger;
            try { Integer.parseInt("x"); } catch (NumberFormatException e) { System.out.print(" caught"); }
            while (total-- > 0);
            new AtomicInteger(total)
            """)
        .shows("-1")
        .prints("big caught");
  }

  @Test
  void defaultImportsThatMakeNothingOfTheUsersAmbiguous() {
    session
        .run(
            "new File(\"x\").getName() + List.of(1) + BigInteger.TWO + Path.of(\"y\") + Pattern.compile(\"z\") + new AbstractMap.SimpleEntry<>(1, 2)")
        .shows("x[1]2yz1=2");
    session
        .run("import java.sql.*;\nDate d = new Date(0L); d.getClass().getName()")
        .shows("java.sql.Date");
    session.run("import java.awt.*;\nnew Point(List.of(1, 2).getFirst(), 2).x").shows("1");
    session
        .run("class Optional { public String toString() { return \"mine\"; } }\nnew Optional()")
        .shows("mine");
    session.run("class LinkedList { int size = 3; }\nnew LinkedList().size").shows("3");
    session
        .run("import java.util.LinkedHashMap;\nimport java.awt.List;\nList.class.getName()")
        .shows("java.awt.List");
    session.run("import java.beans.*; import java.beans.beancontext.*;").succeeds();
    session
        .run("import no.such.packages.*;")
        .fails("CompilationError")
        .says("package no.such.packages does not exist");
    session
        .run("import jdk.internal.misc.*;")
        .fails("CompilationError")
        .says(
            "package jdk.internal.misc is not visible", "module java.base, which does not export");
    session.run("import sun.misc.*;\nUnsafe unsafe = null;").succeeds();
  }

  @Test
  void aNameThatTwoImportsOfTheUsersHave() {
    session
        .run("import java.awt.*;\nimport java.util.*;\nList<Integer> l = null;")
        .fails("CompilationError")
        .says("reference to List is ambiguous", "java.awt.List", "java.util.List");
    session.run("import java.util.List;\nList<Integer> l = List.of(1); l").shows("[1]");
  }

  @Test
  void aLastLineWithoutSemicolon() {
    session.run("int x = 5").showsNothing();
    session.run("import java.util.zip.CRC32").showsNothing();
    session.run("x // five").shows("5");
    session.run("System.out.print(x)").prints("5");
  }

  @Test
  void thingsDefinedAgainInALaterCell() {
    session.run("int x = 1; int f() { return 1; } class C { int c = 1; }");
    session.run(
        "String x = \"now text\"; String f() { return \"other\"; } class C { String c = \"text\"; }");
    session.run("x + f() + new C().c").shows("now textothertext");
  }

  @Test
  void modifiersAtTopLevel() {
    session
        .run(
            "static { System.out.print(\"\"); }\npublic static final int N = 3;\nprivate int m = 4;\npublic static int add(int a, int b) { return a + b; }\nprotected static class K { }\nadd(N, m)")
        .shows("7")
        .notesNothing();
  }

  @Test
  void aFailedCellKeepsWhatItsGoodSnippetsDid() {
    session
        .run("int good = 1;\ngood = 2;\nint[] none = new int[0];\nnone[0] = 1;\ngood = 3;")
        .fails("java.lang.ArrayIndexOutOfBoundsException")
        .says("line 4");
    session.run("good").shows("2");
  }

  @Test
  void genericMethodsUnreachableCodeAndNestedGenerics() {
    session
        .run(
            "<T extends Comparable<T>> T max(List<T> all) { return all.stream().max(Comparator.naturalOrder()).get(); }\nmax(List.of(3, 9, 2))")
        .shows("9");
    session
        .run("throw new IllegalStateException(\"on purpose\");")
        .fails("java.lang.IllegalStateException");
    session.run("while (true) { break; }").showsNothing();
    session
        .run(
            "Map<String, List<Map<Integer, String>>> nested = new TreeMap<>(); nested.put(\"a\", List.of(Map.of(1, \"x\"))); nested")
        .shows("{a=[{1=x}]}");
  }

  @Test
  void aPackageInACellOfStatements() {
    session.run("package tools;\nSystem.out.println(1 + 1);").prints("2\n");
    session
        .run("package tools;\npublic class Saw { public int teeth() { return 40; } }")
        .succeeds();
    session
        .run(
            "package tools;\nimport java.time.Duration;\nint teeth = new Saw().teeth();\nteeth + 1")
        .shows("41");
    session
        .run("package tools;\nint half(int n) { return n / 2; }\nhalf(new Saw().teeth())")
        .shows("20");
  }

  @Test
  void aPackageInACellOfClassesAndStatements() {
    String cell =
        """
        package depot;
        import java.time.Duration;
        public record Crate(int kilos) {
          public Duration time() { return Duration.ofSeconds(kilos); }
        }
        Crate crate = new Crate(60);
        System.out.println(crate);
        public class Shelf { public static int size = 3; }
        crate.time().plus(Duration.ofSeconds(Shelf.size))
        """;
    session.run(cell).prints("Crate[kilos=60]\n").shows("PT1M3S");
    session.run("new depot.Crate(2).kilos() + crate.kilos()").shows("62");
    session
        .run("package depot;\npublic class Cart {}\nint x = ;\n")
        .fails("SyntaxError")
        .says("line 3");
    session.run("new depot.Cart()").says("cannot find symbol");
    session
        .run("package depot;\npublic class Cart {}\nint x = new Cart().kilos();\n")
        .fails("CompilationError")
        .says("line 3: cannot find symbol");
  }

  @Test
  void aPackageInAClassCell() {
    session
        .run(
            "package shapes.flat;\n\npublic class Square {\n  public double side = 2;\n  public List<Integer> sizes() { return List.of(1 / (int) (side - side)); }\n  public double area() { return side * side; }\n}\npublic interface Named { }")
        .showsNothing();
    session
        .run("import shapes.flat.Square;\nSquare square = new Square();\nsquare.area()")
        .shows("4.0");
    session
        .run("square.sizes()")
        .fails("java.lang.ArithmeticException")
        .says("Cell [1], line 5", "Square.sizes");
    session
        .run(
            "package shapes.flat;\npublic class Square {\n  public double side = 2;\n  public List<Integer> sizes() { return List.of(7); }\n  public double area() { return side + 100; }\n}")
        .succeeds();
    session.run("square.area() + \" \" + square.sizes()").shows("102.0 [7]");
    session
        .run(
            "package shapes.round;\nimport shapes.flat.*;\npublic record Circle(double r) implements Named { public static int n = \"x\"; }")
        .fails("CompilationError")
        .says("line 3: incompatible types");
    session
        .run(
            "package shapes.round;\nimport shapes.flat.*;\npublic record Circle(double r) implements Named { }")
        .succeeds();
    session.run("import shapes.round.*;\nnew Circle(1)").shows("Circle[r=1.0]");
    session.run("square.area()").shows("102.0");
  }

  @Test
  void aClassOfAPackageMayChangeUntilItIsUsed() {
    session.run("package shop;\npublic class Item { public int price = 1; }").succeeds();
    session
        .run(
            "package shop;\npublic class Item { public int price = 1; public int tax = 2;"
                + " public int sum() { return price + tax; } }")
        .succeeds();
    session.run("import shop.Item;\nnew Item().sum()").shows("3");
  }

  @Test
  void aSealedTypeWithTheTypesOfItsCell() {
    session
        .run(
            """
            // Shape permits what stands below
            sealed interface Shape<T extends Comparable<T>> { }
            record Circle(double r) implements Shape<Integer> { }
            enum Unit implements Comparator<String>, Shape<String> {
              ONE;
              public int compare(String a, String b) { return 0; }
            }
            class Box {
              interface Other { }
              static final class Lid implements Other { }
            }
            double area(Shape<?> shape) {
              return switch (shape) {
                case Circle(double r) -> r * r;
                case Unit unit -> 1;
              };
            }
            area(new Circle(2)) + area(Unit.ONE)
            """)
        .shows("5.0");
    session
        .run("record Late() implements Shape<String> { }")
        .fails("CompilationError")
        .says("permits A, B");
    session
        .run(
            """
            sealed abstract class Plan { int wrong = ""; }
            non-sealed class Free extends Plan { }
            """)
        .fails("CompilationError")
        .says("line 1: incompatible types", " ".repeat(4 + 41) + "^^");
    session
        .run(
            """
            sealed interface Tree { record Leaf() implements Tree { } }
            final class Branch implements Tree { }
            int count(Tree tree) { return switch (tree) { case Tree.Leaf _ -> 1; case Branch _ -> 2; }; }
            count(new Tree.Leaf()) + count(new Branch())
            """)
        .shows("3");
  }

  @Test
  void aSealedTypeWhoseSubtypesStandInAThirdClass() {
    String cell =
        """
        sealed interface Shape { }
        class Round {
          record Circle(double r) implements Shape { }
          static class More { record Dot() implements Shape { } }
          Shape first() { return new Circle(3); }
        }
        record Square(double a) implements Shape { }
        double area(Shape shape) {
          return switch (shape) {
            case Round.Circle(double r) -> r * r;
            case Round.More.Dot _ -> 0;
            case Square(double a) -> a * a;
          };
        }
        area(new Round().first()) + area(new Square(2)) + area(new Round.More.Dot())
        """;
    session.run(cell).shows("13.0");
    session.run(cell).shows("13.0");
  }

  @Test
  void aSealedTypeWhoseSubtypesAreHiddenInAThirdClass() {
    session
        .run(
            """
            sealed interface Token { String text(); }
            class Tokens {
              private record Word(String text) implements Token { }
              private static final class End implements Token {
                private final int size = 3;
                public String text() { return "end" + size; }
              }
              static List<Token> of(String word) { return List.of(new Word(word), new End()); }
            }
            Tokens.of("go").stream().map(Token::text).toList()
            """)
        .shows("[go, end3]");
  }

  @Test
  void classesThatNeedWhatIsInsideOfEachOther() {
    session
        .run(
            """
            class Left { Right.Part other; static class Part { int size = 1; } }
            class Right { Left.Part other = new Left.Part(); static class Part { int size = 2; } }
            Left left = new Left();
            left.other = new Right.Part();
            left.other.size + new Right().other.size
            """)
        .shows("3");
    session.run("Later.Part make() { return new Later.Part(); }");
    session.run("class Later { static class Part { int size = 5; } }\nmake().size").shows("5");
    session.run("Größe.Teil teil() { return new Größe.Teil(); }");
    session.run("class Größe { static class Teil { int size = 6; } }\nteil().size").shows("6");
    session.run("Nowhere.Part part = null;").says("Nowhere");
    session.run("class Wrong { Nowhere.Part part; }\nnew Wrong()").says("class Nowhere");
  }

  @Test
  void assertionsAtTopLevelInMethodsInClassesAndInPackages() {
    session
        .run("int x = 1;\nassert x == 1;\nassert x > 1 : \"x is \" + x;")
        .fails("java.lang.AssertionError")
        .says("x is 1", "Cell [1], line 3");
    session.run("int half(int n) { return n / 2; }\nint use(int n) { return half(n); }");
    session.run("int half(int n) { assert n % 2 == 0 : \"odd\"; return n / 2; }").succeeds();
    session.run("use(4)").shows("2");
    session.run("use(5)").fails("java.lang.AssertionError").says("odd");
    session
        .run("record Age(int years) { Age { assert years >= 0; } }\nnew Age(-1)")
        .fails("java.lang.AssertionError");
    session.run("package checks;\npublic class Check { public Check() { assert false; } }");
    session.run("new checks.Check()").fails("java.lang.AssertionError");
  }

  @Test
  void reflectionByTheNameOfAClass() {
    session.run("class Animal { static class Paw { } int legs = 4; }").succeeds();
    session
        .run(
            """
            Object made = Class.forName("Animal").getDeclaredConstructor().newInstance();
            Function<String, String> kind = name -> {
              try {
                return Class.forName(name).getSimpleName();
              } catch (ClassNotFoundException e) {
                return "no " + e.getMessage();
              }
            };
            ((Animal) made).legs + kind.apply("Animal$Paw") + kind.apply("java.util.List")
            """)
        .shows("4PawList");
    session.run("class Animal { int legs = 6; int wings = 2; }").succeeds();
    session
        .run("((Animal) Class.forName(\"Animal\").getDeclaredConstructor().newInstance()).wings")
        .shows("2");
    session.run("kind.apply(\"Missing\") + kind.apply(made.getClass().getName())");
    session
        .run("Class.forName(\"Missing\")")
        .fails("java.lang.ClassNotFoundException")
        .says("Missing", "Cell [6], line 1");
  }

  @Test
  void aScannerOnTheInput() {
    session
        .run("String answer = readLine(\"name? \"); answer", "Ada")
        .shows("Ada")
        .prints("name? ");
  }

  @Test
  void printShowsAnyValueUnlessTheNotebookHasOneOfItsOwn() {
    TestSession.Ran ran = session.run("print(\"text\");\nprint(new int[] {1});\nprint(7)");
    org.assertj.core.api.Assertions.assertThat(ran.showsNothing().io().displayed())
        .extracting(bundle -> bundle.get("text/plain"))
        .containsExactly("text", "int[1] {1}", "7");
    session
        .run("void print(Object x) { System.out.println(\"mine \" + x); }\nprint(3);")
        .prints("mine 3\n");
    session.run("print(\"four\")").prints("mine four\n");
  }

  @Test
  void printfLeavesNothingBehind() {
    session.run("System.out.printf(\"%d%n\", 3);").showsNothing().prints("3\n");
    session.run("System.err.append(\"x\");").showsNothing().notes("x");
    session.run("System.out.printf(\"%d\", 3) != null").shows("true");
  }

  @Test
  void aRecordWithACompactConstructor() {
    session
        .run(
            "record R(int x) { R { if (x < 0) throw new IllegalArgumentException(\"negative\"); } }\nnew R(1)")
        .shows("R[x=1]");
    session.run("new R(-1)").fails("java.lang.IllegalArgumentException").says("line 1, in new R");
  }

  @Test
  void displaysAndTheirUpdates() {
    TestSession.Ran ran =
        session.run(
            "var id = display(\"<b>x</b>\", \"html\"); updateDisplay(id, \"<i>y</i>\", \"html\"); display(\"text/markdown\", \"# z\");");
    ran.showsNothing();
    org.assertj.core.api.Assertions.assertThat(ran.io().displayed())
        .extracting(bundle -> bundle.get("text/html"), bundle -> bundle.get("text/markdown"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("<i>y</i>", null),
            org.assertj.core.groups.Tuple.tuple(null, "# z"));
    session.run("render(\"# title\", \"md\")").shows("text/markdown", "# title");
    session.run("render(\"md\", \"# title\")").shows("text/markdown", "# title");
  }

  @Test
  void updatesInBothOrdersOfArguments() {
    TestSession.Ran ran =
        session.run(
            """
            var id = display("one");
            updateDisplay(id, "text/html", "<i>two</i>");
            var other = display("one");
            updateDisplay(other, "md", (Object) 3);
            """);
    org.assertj.core.api.Assertions.assertThat(ran.io().displayed())
        .extracting(bundle -> bundle.get("text/html"), bundle -> bundle.get("text/markdown"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("<i>two</i>", null),
            org.assertj.core.groups.Tuple.tuple(null, "3"));
  }

  @Test
  void aValueInSeveralMimeTypes() {
    session
        .run("render(\"x\", \"md\", \"html\")")
        .shows("text/markdown", "x")
        .shows("text/html", "x");
    TestSession.Ran ran =
        session.run(
            """
            var id = display("one", "text/html", "text/latex", "md");
            updateDisplay(id, "two", "text/html", "text/latex");
            """);
    org.assertj.core.api.Assertions.assertThat(ran.io().displayed())
        .containsExactly(
            java.util.Map.of("text/html", "two", "text/latex", "two", "text/plain", "two"));
  }

  @Test
  void printfWithoutSystemOut() {
    session.run("printf(\"%d %s\", 1, \"x\");").prints("1 x");
    session
        .run("void printf(String own) { System.out.print(\"own \" + own); }\nprintf(\"y\");")
        .prints("own y");
  }
}
