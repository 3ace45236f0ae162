package argosy.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

  private static final Path OF_PROCESS = Path.of("").toAbsolutePath();

  @TempDir Path folder;
  private final FakeKernel kernel = new FakeKernel();
  private final BuiltInMagics magics = new BuiltInMagics();

  @BeforeEach
  void start() throws IOException {
    magics.start(kernel);
    Files.createDirectories(folder.resolve("data/deep"));
    Files.writeString(folder.resolve("data/plus.jsh"), "1 + 1");
  }

  @AfterEach
  void close() {
    magics.close();
  }

  @Test
  void isTheProcesssOwnAtFirst() throws Exception {
    assertThat(kernel.line("pwd", "")).isEqualTo(OF_PROCESS.toString());
  }

  @Test
  void changesStepByStepAndBack() throws Exception {
    kernel.line("cd", folder.toString());
    kernel.line("cd", "data");
    assertThat(kernel.line("pwd", "")).isEqualTo(folder.resolve("data").toString());
    kernel.line("cd", "deep/../..");
    assertThat(kernel.folder()).isEqualTo(folder);
    kernel.line("cd", "-");
    assertThat(kernel.folder()).isEqualTo(folder.resolve("data"));
    kernel.line("cd", "");
    assertThat(kernel.folder()).isEqualTo(Path.of(System.getProperty("user.home")));
    assertThat(kernel.stdout()).startsWith(folder + "\n" + folder.resolve("data") + "\n");
  }

  @Test
  void saysThatJavaCodeStaysWhereItIs() throws Exception {
    kernel.line("cd", folder.toString());
    assertThat(kernel.stderr())
        .contains("Java code still works in " + OF_PROCESS, "String here = %pwd");
  }

  @Test
  void staysIfThereIsNoSuchFolder() {
    assertThatThrownBy(() -> kernel.line("cd", folder + "/none"))
        .isInstanceOf(MagicFailedException.class)
        .hasMessage("there is no folder " + folder.resolve("none"));
    assertThat(kernel.folder()).isEqualTo(OF_PROCESS);
    assertThatThrownBy(() -> kernel.line("cd", "a b")).isInstanceOf(MagicUsageException.class);
    assertThatThrownBy(() -> kernel.line("pwd", "x")).isInstanceOf(MagicUsageException.class);
  }

  @Test
  void isWhereFilesAreReadAndWritten() throws Exception {
    kernel.line("cd", folder.toString());
    kernel.cell("writefile", "data/made.txt", "made");
    assertThat(folder.resolve("data/made.txt")).hasContent("made\n");
    kernel.line("load", "data/plus");
    assertThat(kernel.evaluated.getFirst())
        .isEqualTo(new FakeKernel.Evaluated("1 + 1", "plus.jsh"));
    assertThat(kernel.line("jars", "data/*.jar")).hasToString("[]");
    Files.write(folder.resolve("data/x.jar"), new byte[0]);
    assertThat(kernel.line("jars", "data")).hasToString("[" + folder.resolve("data/x.jar") + "]");
  }
}
