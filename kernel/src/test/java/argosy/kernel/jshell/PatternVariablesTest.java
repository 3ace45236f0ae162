package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Variables of patterns, which in a method are in scope behind a statement that ends only if they
/// match.
@Timeout(120)
class PatternVariablesTest {

  private final TestSession session = TestSession.open();

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void areInScopeBehindAnIfThatThrowsOtherwise() {
    session
        .run(
            """
            Object o = List.of("a", "bc");
            if (!(o instanceof List<?> list)) throw new IllegalStateException("no list");
            if (!(list.getLast() instanceof String s && s.length() > 1)) {
              throw new IllegalStateException(list.toString());
            }
            s.length() + list.size()
            """)
        .shows("4");
    session.run("s + list").shows("bc[a, bc]");
  }

  @Test
  void areInScopeBehindAnIfThatReturnsOtherwise() {
    session.run("Object o = 5;\nif (!(o instanceof String s)) return \"none\";\ns").shows("none");
    session.run("o = \"x\";\nif (!(o instanceof String s)) return \"none\";\ns").shows("x");
  }

  @Test
  void areInScopeBehindALoop() {
    session
        .run(
            """
            var found = List.of(1, 2.5, "x").iterator();
            Object next = found.next();
            while (!(next instanceof String text)) next = found.next();
            text
            """)
        .shows("x");
  }

  @Test
  void haveTheTypesThatTheCompilerInfers() {
    session
        .run(
            """
            record Pair<A, B>(A first, B second) {}
            Object o = new Pair<>(List.of(1), "b");
            Pair<List<Integer>, String> known = new Pair<>(List.of(1), "b");
            if (!(o instanceof Pair<?, ?>(var a, String b))) throw new IllegalStateException();
            if (!(known instanceof Pair<List<Integer>, String>(var c, var d))) return "none";
            int sum = c.getFirst() + d.length() + b.length();
            sum + " " + a
            """)
        .shows("3 [1]");
  }

  @Test
  void leaveVariablesAloneThatTheyDoNotReach() {
    session
        .run(
            """
            String s = "kept";
            Object o = "other";
            if (o instanceof String s) System.out.println(s);
            if (!(o instanceof String s)) System.out.println("no");
            while (!(o instanceof String s)) { if (o == null) break; }
            s
            """)
        .prints("other\n")
        .shows("kept");
  }

  @Test
  void leaveErrorsWhereTheyAre() {
    session
        .run("Object o = 1;\nif (!(o instanceof String s))\n  throw new Exception(o.missing());")
        .fails("CompilationError")
        .says("Cell [1], line 3", "o.missing()", "method missing()");
    session
        .run("if (!(o instanceof String s))\n  throw new IllegalStateException(\"it is \" + o);")
        .fails("java.lang.IllegalStateException")
        .says("it is 1", "Cell [2], line 2");
  }
}
