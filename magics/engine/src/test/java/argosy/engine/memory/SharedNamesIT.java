package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Shared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of a name when its process ends. Looks at the links themselves, for whoever asks
/// for names removes those that are left.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SharedNamesIT {

  private static final int PUBLISHED = 3;

  private final String name = "argosy-leaving-" + ProcessHandle.current().pid();

  /// Publishes, and ends without closing anything.
  public static final class Leaving {

    private Leaving() {}

    /// Ends as the second argument says, with a code that tells whether the name was there.
    public static void main(String[] args) {
      Shared.Ints shared = Shared.of(new int[] {1});
      shared.publish(args[0]);
      shared.publish(args[0] + ".second");
      int code = isLinked(args[0]) && isLinked(args[0] + ".second") ? PUBLISHED : 0;
      switch (args[1]) {
        case "exit" -> System.exit(code);
        case "halt" -> Runtime.getRuntime().halt(code);
        default -> throw new IllegalArgumentException(args[1]);
      }
    }
  }

  static boolean isLinked(String name) {
    return Files.isSymbolicLink(SharedNames.DIRECTORY.resolve(name));
  }

  private void leave(String way) throws Exception {
    Process leaving =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Leaving.class.getName(),
                name,
                way)
            .inheritIO()
            .start();
    assertThat(leaving.waitFor()).isEqualTo(PUBLISHED);
  }

  @Test
  void aNameEndsWithItsProcess() throws Exception {
    try (Shared.Ints other = Shared.ints(1)) {
      other.publish(name + ".other");

      leave("exit");

      assertThat(isLinked(name)).isFalse();
      assertThat(isLinked(name + ".second")).isFalse();
      assertThat(isLinked(name + ".other")).isTrue();
    }
  }

  @Test
  void whatAKilledProcessLeavesIsRemovedByWhoeverLooks() throws Exception {
    leave("halt");
    assertThat(isLinked(name)).isTrue();

    assertThat(Shared.names()).doesNotContain(name, name + ".second");

    assertThat(isLinked(name)).isFalse();
    assertThat(isLinked(name + ".second")).isFalse();
  }
}
