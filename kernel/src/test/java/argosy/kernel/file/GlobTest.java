package argosy.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobTest {

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    for (String name : List.of("b.jar", "a.jar", "lib/c.jar", "lib/deep/d.jar", "odd[1].jar")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> found(String written) throws IOException {
    return Glob.of(folder, written).paths().stream()
        .map(path -> folder.relativize(path).toString())
        .toList();
  }

  @Test
  void aWildcardStaysInItsFolderAndTwoCrossThem() throws IOException {
    assertThat(found("?.jar")).containsExactly("a.jar", "b.jar");
    assertThat(found("lib/*.jar")).containsExactly("lib/c.jar");
    assertThat(found("lib/**.jar")).containsExactly("lib/c.jar", "lib/deep/d.jar");
    assertThat(found("*/*/*.jar")).containsExactly("lib/deep/d.jar");
    assertThat(found("{a,lib/c}.jar")).containsExactly("a.jar", "lib/c.jar");
    assertThat(found("none/*.jar")).isEmpty();
  }

  @Test
  void whatIsThereByThatNameIsMeant() throws IOException {
    assertThat(found("odd[1].jar")).containsExactly("odd[1].jar");
    assertThat(found("lib/../a.jar")).containsExactly("a.jar");
    assertThatThrownBy(() -> found("gone.jar")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aTildeIsTheHomeOfTheUser() {
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(Glob.plain(folder, "~/x")).isEqualTo(home.resolve("x"));
    assertThat(Glob.of(folder, "~/x*").base()).isEqualTo(home);
    assertThat(Glob.plain(folder, "x~")).isEqualTo(folder.resolve("x~"));
  }
}
