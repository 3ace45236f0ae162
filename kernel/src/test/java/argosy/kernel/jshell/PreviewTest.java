package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Code that is compiled for somebody to look at, in a copy of the session.
@Timeout(60)
class PreviewTest {

  private final CompilingMagic glance =
      new CompilingMagic(
          "glance",
          Magic.Kind.LINE_AND_CELL,
          (kernel, call) -> kernel.preview(call.body(), call.line() + 1));
  private final TestSession session = TestSession.open(glance);

  @AfterEach
  void close() {
    session.close();
  }

  private void glanceAt(String cell) {
    session.run("%%glance\n" + cell).showsNothing().prints("");
  }

  private CompiledCell seen() {
    return glance.last();
  }

  @Test
  void theSessionLearnsNothingOfIt() {
    session.run("int kept = 1;\nint twice(int x) { return 2 * x; }\nrecord P(int x) {}");
    session.run("Supplier<Integer> reader = () -> twice(kept);");

    glanceAt(
        """
        String kept = "other";
        int twice(int x) { return -x; }
        record P(int x, int y) {}
        int fresh = 5;
        import java.time.Duration;
        System.out.println(fresh);
        """);

    assertThat(seen().classes()).hasSize(5);
    session.run("kept + twice(3) + new P(4).x() + reader.get()").shows("13");
    session.run("fresh").fails("CompilationError").says("fresh");
    session.run("Duration.ZERO").fails("CompilationError").says("Duration");
  }

  @Test
  void itSeesWhatTheSessionHas() {
    session
        .run(
            """
            import java.time.*;
            import java.util.concurrent.atomic.AtomicLong;
            import module java.xml;
            int base = 1;
            int twice(int x) { return 2 * x; }
            String twice(String s) { return s + s; }
            <T> T same(T t) { return t; }
            class Pair<A> { A a; class Inner {} static int made; }
            sealed interface Shape permits Circle {}
            record Circle(double r) implements Shape {}
            enum Color { RED }
            var odd = new Object() { int inside = 3; };
            """)
        .showsNothing();

    glanceAt(
        """
        var sum = twice(base) + odd.inside + Pair.made;
        String text = twice("a") + same(Color.RED);
        double area(Shape s) { return switch (s) { case Circle(var r) -> r * r; }; }
        Pair<String>.Inner inner = new Pair<String>().new Inner();
        Duration d = Duration.ofSeconds(new AtomicLong(3).get());
        javax.xml.parsers.SAXParserFactory f = SAXParserFactory.newInstance();
        area(new Circle(2)) + sum
        """);

    assertThat(seen().valueType()).isEqualTo("double");
  }

  @Test
  void itsOwnPartsSeeEachOtherInAnyOrder() {
    glanceAt(
        """
        boolean even(int n) { return n == 0 || odd(n - 1); }
        boolean odd(int n) { return n != 0 && even(n - 1); }
        class Node { Link next; }
        class Link { Node to; int size = base; }
        int base = 4;
        even(base)
        """);

    assertThat(seen().valueType()).isEqualTo("boolean");
  }

  @Test
  void itsClassesCanBeLookedAt() {
    glanceAt("int far = 5;\nrecord Far(int x) {}\nfar + 1");

    assertThat(seen().classes())
        .allSatisfy(part -> {
          KernelContext kernel = glance.kernel();
          assertThat(kernel.classes().bytes(part)).isPresent();
          assertThat(kernel.classes().isElsewhere(part)).isTrue();
        });
  }

  @Test
  void errorsOfTheCompilerNameTheLine() {
    session.run("%%glance\nint a = 1;\nint b = nowhere;").says("line 3", "nowhere");
    session.run("%%glance\nint a = (;").says("line 2");
    session.run("1 + 1").shows("2");
  }

  @Test
  void magicsDoNotRun() {
    session
        .run("%%glance\n%glance x\nvar list = %glance y\nint a = 1;")
        .showsNothing()
        .prints("")
        .notes("%glance does not run in a cell that is only looked at");

    assertThat(glance.compiled()).hasSize(1);
    assertThat(seen().classes()).hasSize(2);
  }

  @Test
  void onePreviewKnowsNothingOfAnother() {
    glanceAt("int first = 1;");
    session.run("%%glance\nfirst + 1").fails("CompilationError").says("first");
  }
}
