package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CellFolderIT {

  private static final int KILLED = 128 + 9;
  private static final String PACKAGE = "package p;\npublic class C {}";

  @TempDir private Path temporary;

  private List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().contains("cells")).toList();
    }
  }

  private List<String> options() {
    return List.of("-Djava.io.tmpdir=" + temporary);
  }

  @Test
  void ofAKilledSessionGoesWhenTheNextOneHasRunACell() throws Exception {
    String suicide =
        "new ProcessBuilder(\"kill\", \"-9\", \"\" + ProcessHandle.current().pid()).start()"
            + ".waitFor(); Thread.sleep(1_000_000);";
    Process killed = SessionProcess.start(options(), PACKAGE, suicide);
    assertThat(killed.waitFor()).isEqualTo(KILLED);
    List<Path> left = folders();
    assertThat(left).hasSize(1);
    assertThat(left.getFirst().resolve("classes/p/C.class")).exists();

    String untilItIsGone =
        "while (Files.exists(Path.of(\"%s\"))) { Thread.sleep(10); }".formatted(left.getFirst());
    assertThat(SessionProcess.run(options(), "1", untilItIsGone)).containsExactly("1", "nothing");
    assertThat(folders()).isEmpty();
  }

  @Test
  void ofALivingSessionOfAnotherProcessStays() throws Exception {
    try (CellFolder mine = CellFolder.create(temporary)) {
      Path dead = Files.createDirectory(temporary.resolve("argosy-cells-dead"));
      Files.createFile(dead.resolve("owner"));
      sweepElsewhere();
      assertThat(dead).doesNotExist();
      assertThat(mine.path().resolve("owner")).exists();
    }
    assertThat(folders()).isEmpty();
  }

  private void sweepElsewhere() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CellFolderIT.class.getName(),
                temporary.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  /// Sweeps a folder.
  public static void main(String[] arguments) {
    CellFolder.sweep(Path.of(arguments[0]));
  }
}
