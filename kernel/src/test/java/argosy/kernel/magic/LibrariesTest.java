package argosy.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {

  @TempDir Path folder;
  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void register() throws IOException {
    new Libraries(kernel, new Text(kernel)).magics().forEach(kernel::register);
    for (String name : List.of("a.jar", "b.jar", "notes.txt", "sub dir/c.jar")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @Test
  void addsOneJarAndGivesItsPath() throws Exception {
    String jar = folder.resolve("a.jar").toString();
    assertThat(kernel.line("jars", jar)).isEqualTo(List.of(jar));
    assertThat(kernel.entries).containsExactly(Path.of(jar));
  }

  @Test
  void addsWhatAWildcardMatchesInOrder() throws Exception {
    kernel.line("jars", folder + "/*.jar");
    assertThat(kernel.entryNames()).containsExactly("a.jar", "b.jar");
  }

  @Test
  void aCellHasOnePathOnEachLine() throws Exception {
    kernel.cell("jars", "", folder + "/b.jar\n\n  " + folder + "/sub dir/*.jar\n");
    assertThat(kernel.entryNames()).containsExactly("b.jar", "c.jar");
  }

  @Test
  void wildcardsMayCrossFolders() throws Exception {
    kernel.line("jars", "'" + folder + "/**.jar'");
    assertThat(kernel.entryNames()).containsExactlyInAnyOrder("a.jar", "b.jar", "c.jar");
  }

  @Test
  void bracesNameAlternatives() throws Exception {
    kernel.line("jars", folder + "/{b,zz}.jar");
    assertThat(kernel.entryNames()).containsExactly("b.jar");
  }

  @Test
  void quotesKeepBlanksTogether() throws Exception {
    kernel.line("jars", "\"" + folder + "/sub dir/*.jar\" '" + folder + "/a.jar'");
    assertThat(kernel.entryNames()).containsExactly("c.jar", "a.jar");
  }

  @Test
  void ofAFolderAllJarsAreAdded() throws Exception {
    kernel.line("jars", folder.toString());
    assertThat(kernel.entryNames()).containsExactly("a.jar", "b.jar");
  }

  @Test
  void aWildcardThatMatchesNothingIsAnEmptyList() throws Exception {
    assertThat(kernel.line("jars", folder + "/none/*.jar")).isEqualTo(List.of());
    assertThat(kernel.line("jars", folder + "/*.war")).isEqualTo(List.of());
    assertThat(kernel.entries).isEmpty();
  }

  @Test
  void aMissingJarIsNamedAndNothingIsAdded() {
    String missing = folder.resolve("zz.jar").toString();
    assertThatThrownBy(() -> kernel.line("jars", folder + "/a.jar " + missing))
        .isInstanceOf(MagicFailedException.class)
        .hasMessageContaining(missing);
    assertThat(kernel.entries).isEmpty();
  }

  @Test
  void valuesOfTheNotebookCanBeWrittenIn() throws Exception {
    kernel.evaluator = code -> code.equals("dir + \"\"") ? folder : null;
    kernel.line("jars", "\\{dir + \"\"}/a.jar");
    assertThat(kernel.entryNames()).containsExactly("a.jar");
  }

  @Test
  void anOpenInsertionIsSaid() {
    assertThatThrownBy(() -> kernel.line("jars", "\\{dir/a.jar"))
        .isInstanceOf(MagicUsageException.class);
  }

  @Test
  void withoutAPathItIsWronglyCalled() {
    assertThatThrownBy(() -> kernel.line("jars", "")).isInstanceOf(MagicUsageException.class);
  }
}
