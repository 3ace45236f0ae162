package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Shared;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class SharedNamesTest {

  private final String name = "argosy-names-test-" + ProcessHandle.current().pid();

  @Test
  void keepsANameUntilTheMemoryIsClosed() {
    try (Shared.Doubles shared = Shared.doubles(3)) {
      shared.publish(name);
      Shared.attach(name, Shared.Doubles.class).set(1, 7);
      assertThat(shared.get(1)).isEqualTo(7);
      assertThat(SharedNames.all()).contains(name);
    }
    assertThat(SharedNames.find(name)).isNull();
    assertThat(SharedNames.all()).doesNotContain(name);
  }

  @Test
  void givesEachNameOnce() {
    Shared.Doubles first = Shared.doubles(1);
    try (Shared.Doubles second = Shared.doubles(2)) {
      first.publish(name);
      assertThatThrownBy(() -> second.publish(name))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is taken");
      assertThat(Shared.unpublish(name)).isTrue();
      assertThat(Shared.unpublish(name)).isFalse();
      second.publish(name);
      first.close();
      assertThat(Shared.attach(name).length()).isEqualTo(2);
    }
  }

  @Test
  void remembersTheSliceThatWasPublished() {
    try (Shared.Ints shared = Shared.of(new int[] {1, 2, 3, 4})) {
      shared.slice(1, 3).publish(name);
      assertThat(Shared.attach(name, Shared.Ints.class).toArray()).containsExactly(2, 3);
    }
  }

  @Test
  void replacesTheNameOfWhatIsGone() {
    SharedNames.Entry gone = new SharedNames.Entry("/proc/1/fd/999#argosy-0", "8 ARRAY DOUBLE");
    SharedNames.publish(name, gone);
    assertThat(SharedNames.all()).doesNotContain(name);
    SharedNames.publish(name, gone);
    try (Shared.Doubles shared = Shared.doubles(1)) {
      shared.publish(name);
      assertThat(Shared.attach(name).length()).isEqualTo(1);
    }
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    try (Shared.Doubles shared = Shared.doubles(1)) {
      for (String bad : new String[] {"", "..", "a/b", ".hidden", "a\0b", "-f", "x".repeat(300)}) {
        assertThatThrownBy(() -> shared.publish(bad)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  @SuppressWarnings("NullAway") // a notebook may say anything
  void saysThatANameIsNull() {
    try (Shared.Doubles shared = Shared.doubles(1)) {
      assertThatThrownBy(() -> shared.publish(null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the name of shared memory is null");
      assertThatThrownBy(() -> Shared.attach(null)).hasMessageContaining("is null");
      assertThatThrownBy(() -> Shared.unpublish(null)).hasMessageContaining("is null");
    }
  }

  @Test
  void liesWhereNobodyElseCanEnter() throws Exception {
    try (Shared.Doubles shared = Shared.doubles(1)) {
      shared.publish(name);
      Path directory = SharedNames.DIRECTORY;
      assertThat(Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
    }
  }
}
