package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Guarantee: variables survive, and unchanged callers and lambdas see what is new.
class RedefinitionTest {

  private final TestSession session = TestSession.open();

  @AfterEach
  void close() {
    session.close();
  }

  @Nested
  class OfAMethod {

    /// Trap: a redefinition makes a new wrapper class, whose variables are null.
    @Test
    void isSeenByCallersAndLambdasAndLeavesVariablesAlone() {
      session.run("int f(int x) { return x + 1; }\nint v = f(1);\nint g(int x) { return f(x); }");
      session.run(
          "IntUnaryOperator held = x -> f(x); IntUnaryOperator reference = v > 0 ? held : null;");
      session.run("int f(int x) { return x * 100; }").notesNothing();
      session.run("g(3) + \" \" + held.applyAsInt(4) + \" \" + v").shows("300 400 2");
    }

    @Test
    void ofAnotherTypeIsNotSeenByFunctionsThatWereMadeBeforeWhichTheCellSays() {
      session.run("int price() { return 1; }\nint size = price();").succeeds();
      session
          .run("Supplier<Object> asked = () -> price();\nIntSupplier number = () -> price();")
          .succeeds();
      session.run("int price() { return 2; }").notesNothing();
      session.run("asked.get()").shows("2");
      session
          .run("String price() { return \"three\"; }")
          .notes(
              "asked of Cell [2] goes on calling price() as it was", "number of Cell [2] goes on");
      session.run("asked.get() + \" \" + number.getAsInt()").shows("2 2");
      session.run("asked = () -> price();\nasked.get()").shows("three");
      session
          .run(
              """
              char price() { return '4'; }
              Supplier<Object> asked = () -> price();
              IntSupplier number = () -> price();
              """)
          .notesNothing();
    }

    @Test
    void mayAddAndRemoveLambdas() {
      session.run("int f(int x) { return x; } IntUnaryOperator held = x -> f(x);");
      session.run(
          "int f(int x) { IntUnaryOperator a = y -> y + 1, b = y -> y * 2; return a.andThen(b).applyAsInt(x); }");
      session.run("held.applyAsInt(5)").shows("12");
      session.run("int f(int x) { IntUnaryOperator a = y -> y - 1; return a.applyAsInt(x); }");
      session.run("held.applyAsInt(5)").shows("4");
    }

    @Test
    void mayAddAnAnonymousClass() {
      session.run(
          "int f() { return 1; } Supplier<Integer> held = () -> f(); Supplier<Integer> direct = new Object() { int x; } == null ? null : () -> f() + 1;");
      session.run("int f() { return new Object() { int two() { return 2; } }.two(); }");
      session.run("held.get() + \" \" + direct.get()").shows("2 3");
    }

    /// Trap: the virtual machine crashes on the computed constants of such a switch.
    @Test
    void maySwitchOverConstantsOfAnEnum() {
      session.run(
          "sealed interface T permits E, R {}\nenum E implements T { X, Y }\nrecord R(int i) implements T {}");
      session.run("String f(T t) { return \"\" + t; }\nFunction<T, String> held = t -> f(t);");
      session.run(
          "String f(T t) { return switch (t) { case E.X -> \"x\"; case E.Y -> \"y\"; case R(int i) -> \"r\" + i; }; }");
      session.run("held.apply(E.Y) + held.apply(new R(3))").shows("yr3");
      session.run(
          "String f(T t) { return switch (t) { case E.Y -> \"Y\"; case E.X -> \"X\"; case R r -> \"R\"; }; }");
      session.run("held.apply(E.X) + held.apply(E.Y) + held.apply(new R(3))").shows("XYR");
    }

    @Test
    void reachesMethodReferences() {
      session.run(
          "int f(int x) { return x; }\nclass F { static IntUnaryOperator ref() { return x -> f(x); } }\nIntUnaryOperator ref = F.ref();");
      session.run("int f(int x) { return new Object() { int y = x * 3; }.y; }");
      session.run("ref.applyAsInt(2)").shows("6");
    }

    @Test
    void withOtherParametersIsAnOverload() {
      session.run("String f(int x) { return \"int\"; }");
      session.run("String f(String x) { return \"string\"; }");
      session.run("f(1) + f(\"\")").shows("intstring");
    }

    /// Trap: one overload that calls the other can be left undefined.
    @Test
    void mayBeOfOneOverloadThatCallsTheOther() {
      session
          .run("int ov(int x) { return ov(x, 1); }\nint ov(int x, int y) { return x + y; }\nov(3)")
          .shows("4");
      session.run("int held(int x) { return ov(x); } IntUnaryOperator lambda = x -> ov(x);");
      session.run("int ov(int x, int y) { return x - y; }");
      session.run("ov(3) + \" \" + held(3) + \" \" + lambda.applyAsInt(3)").shows("2 2 2");
    }
  }

  @Nested
  class OfAVariable {

    @Test
    void isSeenByMethodsAndLambdas() {
      session.run("int v = 1; int get() { return v; } Supplier<Integer> held = () -> v;");
      session.run("int v = 2;");
      session.run("get() + \" \" + held.get()").shows("2 2");
    }

    /// The code of a lambda must not change because its line is run again in another form.
    @Test
    void leavesTheLambdasThatExistAlone() {
      session.run("Supplier<String> s = () -> \"one\"; var all = new ArrayList<>(List.of(s));");
      session.run("Supplier<String> s = () -> \"two\"; all.add(s);");
      session.run(
          "Supplier<String> s = () -> { Supplier<String> t = () -> \"three\"; return t.get(); }; all.add(s);");
      session.run("all.stream().map(Supplier::get).toList()").shows("[one, two, three]");
    }

    @Test
    void leadsOldLambdasToTheNewVariable() {
      session.run(
          "Runnable a = new Runnable() { public void run() { System.out.print(1); } };\nRunnable via = () -> a.run();");
      session.run("Runnable a = new Runnable() { public void run() { System.out.print(2); } };");
      session.run("via.run();").prints("2");
    }

    @Test
    void mayChangeItsType() {
      session.run("int v = 1; String show() { return \"\" + v; }");
      session.run("String v = \"text\";");
      session.run("v + show()").shows("texttext");
    }

    @Test
    void survivesImports() {
      session.run("var kept = new ArrayList<>(List.of(1, 2)); int n = 5;");
      session.run(
          "import java.awt.*;\nimport java.util.List;\nimport java.util.concurrent.atomic.*;");
      session.run("import static java.lang.Math.*;\nList<Integer> others = List.of(3);");
      session.run("kept + \" \" + n + others").shows("[1, 2] 5[3]");
    }

    @Test
    void survivesItsInitialiserWhateverItsType() {
      session.run("int one() { return 1; }");
      session.run("var mixed = new ArrayList<>(List.of(one(), \"s\")); mixed.add(2);");
      session.run("void one() {}").notesNothing();
      session.run("mixed").shows("[1, s, 2]");
    }

    @Test
    void saysWhyItsObjectsAreOfNoTypeThatIsDeclaredAnew() {
      session.run("interface Shape {}\nrecord Dot() implements Shape {}\nclass Other {}");
      session.run("List<Shape> shapes = new ArrayList<>(List.of(new Dot()));");
      session
          .run("(Dot) (Object) new Other()")
          .says("Other cannot be cast to Dot")
          .doesNotSay("anew");
      session.run("interface Shape { default String name() { return \"shape\"; } }");
      session
          .run("shapes.get(0).name()")
          .fails("java.lang.ClassCastException")
          .says("Dot cannot be cast to Shape; if it was one before", "make the object again");
    }

    /// Trap: the shell deletes the variable that it failed to redeclare.
    @Test
    void survivesARejectedRedeclaration() {
      session.run("int v0 = 7; int twice() { return 2 * v0; }");
      session.run("int v0 = \"no\";").fails("CompilationError");
      session.run("int before = 1, v0 = \"no\";").fails("CompilationError");
      session.run("v0 + twice()").shows("21");
    }
  }

  @Nested
  class OfAClass {

    @Test
    void withNewBodiesKeepsItsObjects() {
      session.run(
          "class P { int x = 1; int m() { return x; } }\nP p = new P(); var all = List.of(p); int use(P q) { return q.m(); }");
      session
          .run(
              "class P { int x = 1; int m() { IntSupplier s = () -> x + 41; return s.getAsInt(); } }")
          .notesNothing();
      session.run("p.m() + \" \" + use(all.get(0))").shows("42 42");
    }

    @Test
    void withANewShapeResetsItsVariablesAndSaysSo() {
      session.run(
          "class P { int x = 1; }\nP p = new P(); var all = new ArrayList<>(List.of(p)); int use(P q) { return q.x; }");
      session
          .run("class P { int x = 1; int y = 2; int sum() { return x + y; } }")
          .notes(
              "p was reset",
              "P changed its shape",
              "set it again, but not by Cell [1]",
              "all of Cell [1] holds 1 object of P");
      session.run("p").shows("null");
      session.run("new P().sum() + use(new P())").shows("4");
      session.run("use(all.get(0))").fails("java.lang.ClassCastException").says("as it was before");
    }

    @Test
    void withNewConstantsInitialisesItAnew() {
      session.run(
          "class C { static int n = 5; static int next() { return n++; } }\nC.next(); C.next();");
      session
          .run("class C { static int n = 5; static int next() { return n += 10; } }\nC.next()")
          .shows("17");
      session
          .run("class C { static int n = 50; static int next() { return n += 10; } }\nC.next()")
          .shows("60");
      session.run("class D { static final int N = 1; int n() { return N; } }");
      session
          .run("class D { static final int N = 2; int n() { return N; } }\nnew D().n()")
          .shows("2");
    }

    @Test
    void ofAnEnumOrRecordWorks() {
      session.run("enum E { A, B }\nE e = E.A; record R(int x) {}\nvar r = new R(1);");
      session.run("enum E { A, B, C }").notes("e was reset");
      session.run("record R(int x, int y) {}").notes("r was reset");
      session.run("E.valueOf(\"C\") + \" \" + new R(1, 2)").shows("C R[x=1, y=2]");
    }

    @Test
    void thatIsRejectedChangesNothing() {
      session.run(
          "class P { int m() { return 7; } }\nP p = new P(); int use(P q) { return q.m(); }");
      session.run("class P { int m() { return \"no\"; } }").fails("CompilationError");
      session.run("use(p) + use(new P())").shows("14");
      session.run("int use(P q) { return \"no\"; }").fails("CompilationError");
      session.run("use(p)").shows("7");
    }

    @Test
    void thatOthersUseRecursively() {
      session.run(
          "class Node { int value; Node next; Node(int v, Node n) { value = v; next = n; } }\nNode list = new Node(1, new Node(2, null));");
      session
          .run("int sum(Node n) { return n == null ? 0 : n.value + sum(n.next); }\nsum(list)")
          .shows("3");
      session
          .run(
              "class Node { int value; Node next; String label = \"x\"; Node(int v, Node n) { value = v; next = n; } }")
          .notes("list was reset");
      session.run("sum(new Node(5, new Node(6, null)))").shows("11");
    }

    @Test
    void thatRemovesAMethodNamesWhatNoLongerCompiles() {
      session.run(
          "class Q { int a() { return 1; } int b() { return 2; } }\nint useB(Q q) { return q.b(); }");
      session
          .run("class Q { int a() { return 1; } }")
          .notes("useB(Q) of Cell [1] no longer compiles", "it needs method b()");
      session.run("useB(new Q())").fails("UndeclaredException");
      session
          .run("class Q { int a() { return 1; } int b() { return 3; } }\nuseB(new Q())")
          .shows("3");
    }

    @Test
    void thatTheSameCellTakesUpNamesNothing() {
      session.run(
          "record S(int a) {}\nint use(S s) { return s.a(); }\nclass U { int get(S s) { return s.a(); } }");
      session
          .run(
              "record S(int a, int b) {}\nint use(S s) { return s.b(); }\nclass U { int get(S s) { return s.b(); } }\nuse(new S(1, 2)) + new U().get(new S(3, 4))")
          .notesNothing()
          .shows("6");
    }

    @Test
    void isNamedOnceAtTheEndOfItsCell() {
      session.run("record S(int a) {}\nint use(S s) { return s.a(); }");
      session
          .run("record S(int b) {}\nrecord S(int c) {}\nSystem.out.println(\"ran\"); 1 / 0")
          .notes("use(S) of Cell [1] no longer compiles: it needs method a()\n");
    }
  }

  @Test
  void ofAnotherShapeAdvisesNoCellThatWouldBringTheFormerOneBack() {
    session.run("class Acc { int n; }\nAcc acc = new Acc();").succeeds();
    session.run("Acc other = new Acc();").succeeds();
    session
        .run("class Acc { int n; int m; }")
        .notes("acc was reset", "set it again, but not by Cell [1], which declares")
        .notes("other was reset", "run Cell [2] again");
  }

  @Test
  void ofAnotherShapeAdvisesNoCellThatWouldBringAnEarlierOneBack() {
    session.run("class Acc { int n() { return 1; } }\nAcc acc = new Acc();").succeeds();
    session.run("class Acc { int n() { return 2; } }").succeeds();
    session
        .run("class Acc { int n; int m; }")
        .notes("acc was reset", "set it again, but not by Cell [1], which declares");
  }

  @Test
  void ofAnotherShapeSaysOnceOfAVariableWhatToDo() {
    session.run("class Acc { int n; }\nvar acc = new Acc();").succeeds();
    String notes = session.run("class Acc { int size; }").io().err();
    assertThat(notes)
        .containsOnlyOnce("acc was reset")
        .contains("set it again, but not by Cell [1], which declares");
  }

  @Nested
  class OfAClassWhoseInitialiserHasThrown {

    private static final String CELL =
        "class Conf { static String value = System.getProperty(\"argosy.conf\").strip(); }";

    @AfterEach
    void clear() {
      System.clearProperty("argosy.conf");
    }

    @Test
    void makesItAnewByTheSameWords() {
      session.run(CELL + "\nString use() { return Conf.value; }").succeeds();
      session.run("use()").fails("java.lang.ExceptionInInitializerError");
      session.run("use()").fails("java.lang.NoClassDefFoundError");
      System.setProperty("argosy.conf", " here ");
      session.run(CELL + "\nConf.value").shows("here");
      session.run("use()").shows("here");
      session.run("Object first = new Conf();").succeeds();
      session.run(CELL).notesNothing();
      session.run("first instanceof Conf").shows("true");
    }

    @Test
    void makesItAnewInItsPackage() {
      String cell = "package broken;\n" + CELL.replace("class", "public class");
      String open = cell.replace("static", "public static");
      session.run(open).succeeds();
      session.run("broken.Conf.value").fails("java.lang.ExceptionInInitializerError");
      System.setProperty("argosy.conf", " here ");
      session.run(open + "\nbroken.Conf.value").shows("here");
    }

    @Test
    void makesThoseAnewThatItWasNeededBy() {
      session.run(CELL + "\nclass Outer { static class In { static String v = Conf.value; } }");
      session.run("Outer.In.v").fails("java.lang.ExceptionInInitializerError");
      System.setProperty("argosy.conf", " here ");
      session.run(CELL).succeeds();
      session.run("class Outer { static class In { static String v = Conf.value; } }").succeeds();
      session.run("Outer.In.v").shows("here");
    }
  }

  @Test
  void whatNoLongerCompilesSaysWhyWhenItIsUsed() {
    session.run(
        "int f(int x) { return x; }\nclass Q { int g() { return f(3); } }\nvar q = new Q();");
    session.run("long f(int x) { return x + 300L; }").notes("Q of Cell [1] no longer compiles");
    session
        .run("q.g()")
        .fails("UndeclaredException")
        .says("Q no longer compiles: incompatible types: possible lossy conversion");
    session.run("int f(int x) { return x + 300; }\nnew Q().g()").shows("303");
  }
}
