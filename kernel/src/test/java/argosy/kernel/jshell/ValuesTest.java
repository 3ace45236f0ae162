package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void areShownWithAndWithoutASemicolon() {
    session.run("1 + 1").shows("2");
    session.run("1 + 1;").shows("2");
    session.run("\"a\" + 1 // why\n").shows("a1");
  }

  /// A parser of blocks takes them for variables of types with arguments.
  @Test
  void ofComparisonsBehindOtherStatements() {
    session.run("int compared = 8;\ncompared < 0").shows("false");
    session.run("compared < 9 && compared > 7; // so\ncompared < compared + 1;").shows("true");
    session.run("int c2 = 1;\nc2 < 1 int").fails("SyntaxError");
  }

  @Test
  void ofAssignmentsAreShownAndOfDeclarationsNot() {
    session.run("int assigned = 5").showsNothing();
    session.run("assigned = 6").shows("6");
    session.run("assigned = 6;").showsNothing();
    session.run("assigned == 6;").shows("true");
    session.run("assigned++;").shows("6");
    session.run("assigned").shows("7");
  }

  @Test
  void mayBeNull() {
    session.run("String missing = null; missing").shows("null");
    session.run("new HashMap<String, String>().put(\"a\", \"b\");").showsNothing();
  }

  @Test
  void showClassesOfCellsByTheirOwnNames() {
    session.run("class Shown { }\nnew Shown().getClass()").shows("class Shown");
    session
        .run("List.of(Shown.class, String.class)")
        .shows("[class Shown, class java.lang.String]");
    assertThat(
            session
                .run(
                    "new Iterator<Integer>() { public boolean hasNext() { return true; } public Integer next() { return 1; } }")
                .value()
                .get("text/plain"))
        .asString()
        .startsWith("Iterator@");
  }

  @Test
  void mayBeReturned() {
    session.run("return 5; int never = 1;").shows("5");
    session
        .run("if (true) { return \"early\"; }\nSystem.out.println(\"late\");")
        .shows("early")
        .prints("");
    session.run("never").fails("CompilationError");
  }

  @Test
  void areNotThereInCommentsAndEmptyCells() {
    session.run("").showsNothing();
    session.run("  \n// nothing\n/* at all */").showsNothing();
  }

  /// The shell gives the value to a variable of a type that does not fit.
  @Test
  void mayHaveATypeThatCannotBeWritten() {
    session.run("List.of(1, \"s\", 2.5)").shows("[1, s, 2.5]");
    session.run("Stream.of(1, \"s\").toList()").shows("[1, s]");
  }

  @Test
  void mayThrowInTheirToString() {
    session
        .run(
            """
            class Mute { public String toString() { throw new IllegalStateException("no"); } }
            new Mute()
            """)
        .shows("Mute (its toString threw java.lang.IllegalStateException: no)");
    session.run("1").shows("1");
  }

  @Test
  void leaveNoTemporaryVariables() {
    session.run("40 + 2").shows("42");
    session.run("$1").fails("CompilationError");
  }

  /// JShell writes such types down and cannot read them again: it shows no value, or fails.
  @Test
  void variablesOfTypesThatNobodyCanWriteAreOfUseInLaterCells() {
    session.run("var mixed = List.of(1, \"s\");").showsNothing();
    session.run("mixed.get(1)").shows("s");
    session.run("var copy = new ArrayList<>(mixed);\ncopy.get(0)").shows("1");
    session.run("mixed.stream().map(x -> x.toString()).toList()").shows("[1, s]");
    session.run("var two = List.of(mixed, List.of(2.0, 'c'));\ntwo.get(1).get(1)").shows("c");
    session.run("two.getFirst().getFirst()").shows("1");
    session.run("<T extends Runnable & CharSequence> T none() { return null; }").showsNothing();
    session.run("var both = none();").showsNothing();
    session.run("both == null ? \"none\" : both.length() + \"\"").shows("none");
  }

  /// JShell runs such initializers before they can see what the class captures.
  @Test
  void initializersOfAnonymousClassesSeeWhatTheyCapture() {
    session
        .run("Stream.of(1, 2).map(x -> new ArrayList<Integer>() {{ add(x); }}).toList()")
        .shows("[[1], [2]]");
    session
        .run(
            """
            double factor = 1.5; String unit = "m"; long many = 7L;
            var made = Stream.of(2, 3).map(i -> {
              long wide = many + i;
              double half = factor * i;
              return new LinkedHashMap<String, Object>(8) {{
                put(unit, half);
                for (int k = 0; k < 2; k++) {
                  put("n" + k, wide + k);
                }
              }};
            }).toList();
            made
            """)
        .shows("[{m=3.0, n0=9, n1=10}, {m=4.5, n0=10, n1=11}]");
    session
        .run("Stream.of(3).map(x -> new Object() { int y = x * 2; }).map(o -> o.y).toList()")
        .shows("[6]");
  }

  /// JShell cannot name them, and shows nothing.
  @Test
  void mayBeOfClassesThatALambdaDeclares() {
    session
        .run("Stream.of(1, 2).map(i -> { record Out(int x) {} return new Out(i); }).toList()")
        .shows("[Out[x=1], Out[x=2]]");
    session
        .run(
            """
            interface Named { String name(); }
            var named = Stream.of("a", "b").map(s -> { record Out(String name) implements Named {} return new Out(s); }).toList();
            named.get(1).name()
            """)
        .shows("b");
    session
        .run(
            "var outs = Stream.of(1).map(i -> { enum Way { UP, DOWN } return Way.values()[i]; }).toList();\nouts.get(0).name()")
        .shows("DOWN");
    session
        .run(
            "Stream.of(1).map(i -> { class Box { int v = i; public String toString() { return \"box \" + v; } } return new Box[] {new Box()}; }).toList().get(0)[0]")
        .shows("box 1");
    session
        .run(
            "Stream.of(3).map(i -> { record Out(int x) {} var out = new Out(i); return out.x(); }).toList()")
        .shows("[3]");
  }

  /// JShell writes the classes of the constants out, where they are no constants any more.
  @Test
  void mayComeFromClassesInsideOfClassesThatALambdaDeclares() {
    session
        .run(
            """
            Stream.of(2).map(i -> {
              enum Op { PLUS { int go(int x) { return x + one(); } }, TWICE { int go(int x) { return x * 2; } }; abstract int go(int x); static int one() { return 1; } }
              interface Shown { default String shown() { return "<" + i() + ">"; } int i(); static Shown of(int i) { return new Shown() { public int i() { return i; } }; } }
              return Shown.of(Op.PLUS.go(i) + Op.TWICE.go(i)).shown();
            }).toList()
            """)
        .shows("[<7>]");
  }

  /// JShell runs the blocks of an anonymous class that it writes out before it sets fields.
  @Test
  void comeFromAnonymousClassesAsTheyAreWritten() {
    session
        .run(
            """
            var sums = Stream.of(1, 2).map(i -> new Object() { int a = i; int b; { b = a * 2; } }).map(o -> o.a + o.b).toList();
            sums
            """)
        .shows("[3, 6]");
    session
        .run(
            """
            var log = new Function<Integer, List<Integer>>() {
              List<Integer> seen = new ArrayList<>();
              { seen.add(-1); }
              public List<Integer> apply(Integer i) { seen.add(i); return seen; }
            };
            log.apply(7)
            """)
        .shows("[-1, 7]");
    session
        .run("var pair = new Object() { int a = 4; int b = a + 1; };\npair.a + pair.b")
        .shows("9");
  }

  @Test
  void mayHaveTypesWithAnnotationsInside() {
    session.run(
        """
        import java.lang.annotation.*;
        @Target(ElementType.TYPE_USE) @Retention(RetentionPolicy.RUNTIME) @interface Maybe { }
        class Annotated {
          static List<@Maybe Object> list() { return List.of(1, "a"); }
          static Map.@Maybe Entry<String, @Maybe Integer> entry() { return Map.entry("b", 2); }
          static @Maybe String @Maybe [] array() { return new String[] { "c" }; }
        }
        """);
    session.run("Annotated.list()").shows("[1, a]");
    session.run("Annotated.entry()").shows("b=2");
    session.run("Annotated.array()").shows("String[1] {c}");
    session.run("var annotated = Annotated.entry(); annotated.getValue() + 1").shows("3");
    session.run("for (var each : Annotated.list()) System.out.println(each);").succeeds();
  }
}
