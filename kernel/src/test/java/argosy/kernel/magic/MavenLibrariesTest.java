package argosy.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.dependency.Dependencies;
import argosy.kernel.dependency.TestRepository;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MavenLibrariesTest {

  private static final String XML =
      """
      <dependency>
        <groupId>test</groupId><artifactId>a</artifactId><version>1</version>
      </dependency>
      """;

  @TempDir Path folder;
  private final FakeKernel kernel = new FakeKernel();
  private Dependencies dependencies;

  @BeforeEach
  void register() {
    TestRepository repository =
        new TestRepository(folder.resolve("remote"))
            .jar("a", "1", "b:2")
            .jar("b", "2")
            .jar("b", "3")
            .jar("c", "1", "b:3");
    dependencies = new Dependencies(folder.resolve("local"), "test", repository.url());
    new MavenLibraries(kernel, new Text(kernel), dependencies).magics().forEach(kernel::register);
  }

  @AfterEach
  void close() {
    dependencies.close();
  }

  @Nested
  class Maven {

    @ParameterizedTest
    @ValueSource(strings = {"maven", "addMavenDependencies", "addMavenDependency"})
    void addsALibraryWithWhatItNeeds(String name) throws Exception {
      assertThat(kernel.line(name, "test:a:1")).isNull();
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar");
      assertThat(kernel.displays).singleElement().asString().contains("fetched 2 files");
    }

    @Test
    void aSecondTimeThereIsNothingToFetchOrToSay() throws Exception {
      kernel.line("maven", "test:a:1");
      kernel.displays.clear();
      kernel.line("maven", "test:a:1");
      assertThat(kernel.displays).isEmpty();
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar");
    }

    @Test
    void resolvesAllCoordinatesOfACallTogether() throws Exception {
      kernel.line("maven", "test:a:1 test:b:3");
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-3.jar");
    }

    @Test
    void saysWhatStaysAtAnOlderVersion() throws Exception {
      kernel.line("maven", "test:a:1");
      kernel.line("maven", "test:c:1");
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar", "c-1.jar");
      assertThat(kernel.stderr()).contains("test:b:2 is loaded already and stays");
    }

    @Test
    void saysItAgainOnlyOfWhatIsNamedAgain() throws Exception {
      kernel.line("maven", "test:a:1");
      kernel.line("maven", "test:b:3");
      String said = kernel.stderr();
      assertThat(said).contains("test:b:2 is loaded already and stays; this cell asks for 3");
      kernel.line("maven", "test:c:1");
      kernel.line("maven", "test:a:1");
      assertThat(kernel.stderr()).isEqualTo(said);
      kernel.line("maven", "test:b:3");
      assertThat(kernel.stderr()).isEqualTo(said + said);
    }

    @Test
    void valuesOfTheNotebookCanBeWrittenIn() throws Exception {
      kernel.evaluator = code -> code.equals("version") ? 2 : null;
      kernel.line("maven", "test:b:\\{version}");
      assertThat(kernel.entryNames()).containsExactly("b-2.jar");
    }

    @Test
    void whatIsMissingIsNamedAndNothingIsAdded() {
      assertThatThrownBy(() -> kernel.line("maven", "test:a:1 test:zz:1"))
          .isInstanceOf(MagicFailedException.class)
          .hasMessageContaining("test:zz:1");
      assertThat(kernel.entries).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            ""        | it takes a coordinate, or several
            test:a    | 'test:a' has no version
            test      | 'test' is not of the form group:artifact[:type[:classifier]]:version
            'test:a:1 | the quote ' is not closed
            """)
    void wrongCoordinatesAreSaid(String arguments, String message) {
      assertThatThrownBy(() -> kernel.line("maven", arguments))
          .isInstanceOf(MagicUsageException.class)
          .hasMessage(message);
    }
  }

  @Nested
  class MavenRepo {

    @Test
    void whatCannotBeHadDoesNotFailWhatIsAddedLater() throws Exception {
      kernel.line("dependency", "/add test:none:1");
      assertThatThrownBy(() -> kernel.line("dependency", "/resolve"))
          .isInstanceOf(MagicFailedException.class)
          .hasMessageContaining("test:none:1")
          .hasMessageEndingWith("what was added is forgotten: /add it again as it should be");
      kernel.line("dependency", "/add test:a:1");
      kernel.line("dependency", "/resolve");
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar");
    }

    @Test
    void addsAndListsRepositories() throws Exception {
      String url = new TestRepository(folder.resolve("other")).jar("o", "1").url();
      kernel.line("mavenRepo", "other " + url);
      kernel.line("mavenRepo", "");
      assertThat(kernel.stdout()).contains("test (file:").contains("other (" + url + ")");
      kernel.line("maven", "test:o:1");
      assertThat(kernel.entryNames()).containsExactly("o-1.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x y z", "x example.org/maven"})
    void wrongArgumentsAreSaid(String arguments) {
      assertThatThrownBy(() -> kernel.line("mavenRepo", arguments))
          .isInstanceOf(MagicUsageException.class);
    }
  }

  @Nested
  class PomMagic {

    @ParameterizedTest
    @ValueSource(strings = {"pom", "loadFromPOM"})
    void takesACell(String name) throws Exception {
      kernel.cell(name, "", XML);
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar");
    }

    @Test
    void takesAFileOrItsFolder() throws Exception {
      Files.writeString(folder.resolve("pom.xml"), XML);
      kernel.line("loadFromPOM", folder.resolve("pom.xml").toString());
      kernel.line("loadFromPOM", folder.toString());
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar");
    }

    @Test
    void aMissingFileIsNamed() {
      assertThatThrownBy(() -> kernel.line("pom", folder + "/none.xml"))
          .isInstanceOf(MagicFailedException.class)
          .hasMessageContaining("none.xml");
    }

    @Test
    void anEmptyCellIsWronglyCalled() {
      assertThatThrownBy(() -> kernel.cell("pom", "", " \n"))
          .isInstanceOf(MagicUsageException.class);
    }
  }

  @Nested
  class ClassPath {

    @Test
    void addsJarsFoldersAndWildcards() throws Exception {
      Path classes = Files.createDirectory(folder.resolve("classes"));
      Path jar = Files.createFile(folder.resolve("x.jar"));
      kernel.line("classpath", classes + " " + folder + "/*.jar");
      assertThat(kernel.entries).containsExactly(classes, jar);
    }

    @Test
    void withoutArgumentsItIsShown() throws Exception {
      Path jar = Files.createFile(folder.resolve("x.jar"));
      kernel.line("classpath", "add jar '" + jar + "'");
      kernel.line("classpath", "");
      assertThat(kernel.stdout()).isEqualTo(jar + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"add mvn test a 1", "add mvn test:a:1"})
    void addsFromMaven(String arguments) throws Exception {
      kernel.line("classpath", arguments);
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar");
    }

    @Test
    void addsACellOfCoordinates() throws Exception {
      kernel.cell("classpath", "add mvn", "test:a:1\n\ntest:c:1\n");
      assertThat(kernel.entryNames()).containsExactlyInAnyOrder("a-1.jar", "b-2.jar", "c-1.jar");
    }

    @Test
    void addsARepository() throws Exception {
      String url = new TestRepository(folder.resolve("other")).jar("o", "1").url();
      kernel.line("classpath", "config resolver other " + url);
      kernel.line("classpath", "add mvn test o 1");
      assertThat(kernel.entryNames()).containsExactly("o-1.jar");
    }

    @Test
    void mavensLocalRepositoryIsAlwaysThere() throws Exception {
      kernel.line("classpath", "config resolver mvnLocal");
      kernel.line("classpath", "add mvn test a 1");
      assertThat(kernel.entryNames()).containsExactlyInAnyOrder("a-1.jar", "b-2.jar");
      assertThatThrownBy(() -> kernel.line("classpath", "config resolver elsewhere"))
          .isInstanceOf(MagicUsageException.class);
    }

    @Test
    void whatIsOnTheClassPathStays() {
      assertThatThrownBy(() -> kernel.line("classpath", "reset"))
          .isInstanceOf(MagicUsageException.class)
          .hasMessageContaining("until the kernel restarts");
    }

    @Test
    void aMissingPathIsNamed() {
      assertThatThrownBy(() -> kernel.line("classpath", folder + "/none.jar"))
          .isInstanceOf(MagicFailedException.class)
          .hasMessageContaining(folder + "/none.jar");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"add", "add jar", "add mvn", "add war x", "add mvn test a", "config x y z"})
    void wrongArgumentsAreSaid(String arguments) {
      assertThatThrownBy(() -> kernel.line("classpath", arguments))
          .isInstanceOf(MagicUsageException.class);
    }
  }

  @Nested
  class Dependency {

    @Test
    void collectsAndResolves() throws Exception {
      kernel.line("dependency", "/add test:a:1");
      kernel.line("dependency", "/list-dependencies");
      assertThat(kernel.entries).isEmpty();
      assertThat(kernel.stdout()).isEqualTo("test:a:1 (not resolved yet)\n");
      kernel.line("dependency", "/resolve");
      assertThat(kernel.entryNames()).containsExactly("a-1.jar", "b-2.jar");
      kernel.line("dependency", "/list-dependencies");
      kernel.line("dependency", "/list-artifacts");
      assertThat(kernel.stdout()).endsWith("yet)\ntest:a:1\ntest:a:1\ntest:b:2\n");
    }

    @Test
    void addsAndListsRepositories() throws Exception {
      String url = new TestRepository(folder.resolve("other")).url();
      kernel.line("dependency", "/add-repo other " + url);
      kernel.line("dependency", "/list-repos");
      assertThat(kernel.stdout()).contains("other (" + url + ")");
    }

    @Test
    void resolvingNothingIsFine() throws Exception {
      assertThat(kernel.line("dependency", "/resolve")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/add", "/add test:a", "/add-repo x", "/remove a", "test:a:1"})
    void wrongCommandsAreSaid(String arguments) {
      assertThatThrownBy(() -> kernel.line("dependency", arguments))
          .isInstanceOf(MagicUsageException.class);
    }
  }
}
