package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellFolderTest {

  @TempDir private Path temporary;

  private Path folder(String name) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve(name));
    Files.createDirectories(folder.resolve("classes/p"));
    Files.writeString(folder.resolve("classes/p/C.class"), "x");
    return folder;
  }

  @Test
  void goesIfNobodyHoldsIt() throws IOException {
    Path dead = folder("argosy-cells1");
    Files.createFile(dead.resolve("owner"));
    CellFolder.sweep(temporary);
    assertThat(dead).doesNotExist();
  }

  @Test
  void staysIfItIsThisProcesssOwnAndGoesWhenItIsClosed() throws IOException {
    CellFolder folder = CellFolder.create(temporary);
    Files.writeString(folder.path().resolve("x"), "x");
    CellFolder.sweep(temporary);
    CellFolder.sweep(temporary);
    assertThat(folder.path().resolve("x")).exists();
    folder.close();
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void staysIfItDoesNotSayThatItHadAnOwner() throws IOException {
    Path young = folder("argosy-cells2");
    Path other = folder("argosy-other");
    Files.createFile(other.resolve("owner"));
    CellFolder.sweep(temporary);
    assertThat(young.resolve("classes/p/C.class")).exists();
    assertThat(other).exists();
  }

  @Test
  void isNotFollowedToWhereALinkPoints() throws IOException {
    Path elsewhere = folder("elsewhere");
    Files.createFile(elsewhere.resolve("owner"));
    Files.createSymbolicLink(temporary.resolve("argosy-cells3"), elsewhere);
    Path dead = folder("argosy-cells4");
    Files.createFile(dead.resolve("owner"));
    Files.createSymbolicLink(dead.resolve("classes/link"), elsewhere);
    CellFolder.sweep(temporary);
    assertThat(elsewhere.resolve("classes/p/C.class")).exists();
    assertThat(dead).doesNotExist();
  }
}
