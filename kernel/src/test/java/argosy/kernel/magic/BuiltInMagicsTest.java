package argosy.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.KernelExtension;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInMagicsTest {

  @TempDir Path folder;
  private final FakeKernel kernel = new FakeKernel();
  private final BuiltInMagics magics = new BuiltInMagics();

  @BeforeEach
  void start() {
    magics.start(kernel);
  }

  @AfterEach
  void close() {
    magics.close();
  }

  @Test
  void areFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(KernelExtension.class))
        .hasAtLeastOneElementOfType(BuiltInMagics.class);
  }

  @Test
  void eachSaysWhatItDoesAndHowItIsCalled() {
    assertThat(kernel.magics())
        .hasSizeGreaterThan(20)
        .allSatisfy(magic -> {
          assertThat(magic.summary()).endsWith(".").doesNotContain("\n");
          assertThat(magic.usage()).contains("%" + magic.name());
          if (magic.kind() == Magic.Kind.CELL) {
            assertThat(magic.usage()).startsWith("%%" + magic.name());
          }
        });
  }

  @Nested
  class Listings {

    @Test
    void lsmagicListsAllOfThem() throws Exception {
      kernel.line("lsmagic", "");
      Map<String, Object> bundle = kernel.displays.getFirst();
      assertThat(bundle.get("text/plain"))
          .asString()
          .contains("%time, %%time ", "%%html ", "%jars ", "Lists all magics.");
      assertThat(bundle.get("text/html"))
          .asString()
          .contains("<td style=\"text-align:left\">%jars, %%jars<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"time", "%time", "%%time"})
    void helpSaysHowOneIsCalled(String name) throws Exception {
      kernel.line("help", name);
      assertThat(kernel.stdout()).startsWith("Runs code once").contains("%time expression");
    }

    @ParameterizedTest
    @CsvSource({"python3,true", "ls,true", "script,false", "sh,false", "maven,false"})
    void whatGoesToAProgramIsItsOwn(String name, boolean answersHelp) {
      assertThat(kernel.magics())
          .filteredOn(magic -> magic.name().equals(name))
          .singleElement()
          .satisfies(magic -> assertThat(magic.answersHelp()).isEqualTo(answersHelp));
    }

    @Test
    void helpWithoutANameListsAll() throws Exception {
      kernel.line("help", "");
      assertThat(kernel.displays).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"help,nothing", "help,a b", "lsmagic,x"})
    void wrongArgumentsAreSaid(String magic, String arguments) {
      assertThatThrownBy(() -> kernel.line(magic, arguments))
          .isInstanceOf(MagicUsageException.class);
    }
  }

  @Nested
  class Shown {

    @ParameterizedTest
    @CsvSource({
      "html,text/html",
      "javascript,application/javascript",
      "latex,text/latex",
      "js,application/javascript",
      "markdown,text/markdown",
      "md,text/markdown",
      "svg,image/svg+xml"
    })
    void theCellIsShownInItsLanguage(String name, String mime) throws Exception {
      assertThat(kernel.cell(name, "", "<b>1</b>\n")).isNull();
      assertThat(kernel.displays.getFirst()).containsEntry(mime, "<b>1</b>\n");
    }

    @ParameterizedTest
    @CsvSource({"png,image/png", "jpeg,image/jpeg", "gif,image/gif"})
    void aPictureIsShownAsWhatItIs(String format, String mime) throws Exception {
      Path file = folder.resolve("a picture");
      ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), format, file.toFile());
      kernel.line("image", "'" + file + "'");
      assertThat(kernel.displays.getFirst())
          .containsEntry(mime, Files.readAllBytes(file))
          .containsEntry("text/plain", file.toString());
    }

    @Test
    void aDrawingIsShownAsText() throws Exception {
      Path file = Files.writeString(folder.resolve("x.svg"), "<?xml version='1.0'?><svg/>");
      kernel.line("image", file.toString());
      assertThat(kernel.displays.getFirst())
          .containsEntry("image/svg+xml", "<?xml version='1.0'?><svg/>");
    }

    @Test
    void aPictureMayComeFromTheNet() throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            byte[] answer = "<svg/>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                exchange.getRequestURI().getPath().equals("/x") ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      try {
        String url = "http://localhost:" + server.getAddress().getPort();
        kernel.line("image", url + "/x");
        assertThat(kernel.displays.getFirst()).containsEntry("image/svg+xml", "<svg/>");
        assertThatThrownBy(() -> kernel.line("image", url + "/none"))
            .isInstanceOf(MagicFailedException.class)
            .hasMessageContaining("cannot fetch " + url + "/none");
      } finally {
        server.stop(0);
      }
    }

    @Test
    void whatIsNoPictureIsSaid() throws Exception {
      Path file = Files.writeString(folder.resolve("x.png"), "text");
      assertThatThrownBy(() -> kernel.line("image", file.toString()))
          .isInstanceOf(MagicFailedException.class)
          .hasMessageStartingWith("this is no picture");
      assertThatThrownBy(() -> kernel.line("image", folder + "/none.png"))
          .isInstanceOf(MagicFailedException.class)
          .hasMessageContaining("none.png");
      assertThatThrownBy(() -> kernel.line("image", "")).isInstanceOf(MagicUsageException.class);
    }

    @Test
    void textBehindTheNameIsSaid() {
      assertThatThrownBy(() -> kernel.cell("html", "<b>", "x"))
          .isInstanceOf(MagicUsageException.class);
    }
  }

  @Nested
  class Written {

    @Test
    void aCellBecomesAFile() throws Exception {
      Path file = folder.resolve("a b[1].txt");
      kernel.cell("writefile", "'" + file + "'", "one");
      assertThat(file).hasContent("one\n");
      kernel.cell("writefile", "\"" + file + "\"", "two\n");
      assertThat(file).hasContent("two\n");
      kernel.cell("writefile", "-a '" + file + "'", "three");
      assertThat(file).hasContent("two\nthree\n");
      assertThat(kernel.stdout())
          .isEqualTo("wrote " + file + "\nreplaced " + file + "\nappended to " + file + "\n");
    }

    @Test
    void aMissingFolderIsNamed() {
      assertThatThrownBy(() -> kernel.cell("writefile", folder + "/none/a.txt", "x"))
          .isInstanceOf(MagicFailedException.class)
          .hasMessage("there is no folder " + folder + "/none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b"})
    void itTakesOnePath(String arguments) {
      assertThatThrownBy(() -> kernel.cell("writefile", arguments, "x"))
          .isInstanceOf(MagicUsageException.class)
          .hasMessage("it takes one path");
    }
  }

  @Nested
  class Variables {

    @Test
    void areListed() throws Exception {
      kernel.variables.add(new CellVariable("x", "int", 5));
      kernel.variables.add(
          new CellVariable("words", "java.util.List<java.lang.String>", List.of("a\nb", "<i>")));
      kernel.line("who", "");
      assertThat(kernel.stdout()).isEqualTo("x  words\n");
      kernel.line("whos", "");
      Map<String, Object> bundle = kernel.displays.getFirst();
      assertThat(bundle.get("text/plain"))
          .isEqualTo(
              """
              variable  type          value
              x         int           5
              words     List<String>  [a⏎b, <i>]\
              """);
      assertThat(bundle.get("text/html")).asString().contains("List&lt;String&gt;");
    }

    @Test
    void oneThatHasNoValueHereIsShownWithWhereItHasOne() throws Exception {
      kernel.variables.add(
          new CellVariable("far", "int", 0, "lives on the workers; ask for it with %px far"));
      kernel.line("whos", "");
      assertThat(kernel.displays.getFirst().get("text/plain"))
          .asString()
          .contains("far       int   (lives on the workers)")
          .doesNotContain("%px");
    }

    @Test
    void oneWhoseToStringThrowsHarmsNothing() throws Exception {
      Object hostile =
          new Object() {
            @Override
            public String toString() {
              throw new IllegalStateException();
            }
          };
      kernel.variables.add(new CellVariable("h", "Object", hostile));
      kernel.variables.add(new CellVariable("s", "String", "x".repeat(1000)));
      kernel.line("whos", "");
      assertThat(kernel.displays.getFirst().get("text/plain"))
          .asString()
          .contains("(its toString threw java.lang.IllegalStateException)", "xxx…");
    }

    @Test
    void whatNoCodeCanNameIsListedAsItsReaderKnowsIt() throws Exception {
      kernel.variables.add(new CellVariable("said", "Object", "text"));
      kernel.variables.add(new CellVariable("r", "Runnable & java.io.Serializable", null));
      kernel.variables.add(new CellVariable("o", "anonymous Object", new int[] {1, 2}));
      kernel.line("whos", "");
      assertThat(kernel.displays.getFirst().get("text/plain"))
          .isEqualTo(
              """
              variable  type                     value
              said      Object (String)          text
              r         Runnable & Serializable  null
              o         anonymous Object         int[2] {1, 2}\
              """);
      kernel.line("who", "String");
      kernel.line("who", "Serializable");
      kernel.line("who", "Object");
      assertThat(kernel.stdout()).isEqualTo("said\nr\nsaid  o\n");
    }

    @Test
    void withNoneItSaysSo() throws Exception {
      kernel.line("who", "");
      assertThat(kernel.stdout()).isEqualTo("There are no variables yet.\n");
    }

    @Test
    void areListedByTypeToo() throws Exception {
      kernel.variables.add(new CellVariable("x", "int", 5));
      kernel.variables.add(new CellVariable("y", "int", 6));
      kernel.variables.add(
          new CellVariable("words", "java.util.List<java.lang.String>", List.of()));
      kernel.line("who", "int");
      kernel.line("who", "List double");
      kernel.line("who", "List<String> int");
      kernel.line("who", "double char");
      assertThat(kernel.stdout())
          .isEqualTo("x  y\nwords\nx  y  words\nThere are no variables of type double or char.\n");
    }
  }
}
