package argosy.engine.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibraryThreadsTest {

  private OpenBlas library;

  @BeforeAll
  void load(@TempDir(cleanup = CleanupMode.ALWAYS) Path folder) throws IOException {
    OpenBlas.copyTo(folder);
    library = OpenBlas.loadFrom(folder);
  }

  @BeforeEach
  void useFour() {
    library.use(4);
  }

  @Test
  void aLoadedLibraryStartsNoMoreThreadsMeanwhile() {
    int inside = Parallel.limitThreads(1, () -> library.threads());

    assertThat(inside).isEqualTo(1);
    assertThat(library.threads()).isEqualTo(4);
  }

  @Test
  void aLimitRaisesNothing() {
    int inside = Parallel.limitThreads(9, () -> library.threads());

    assertThat(inside).isEqualTo(4);
  }

  @Test
  void whatIsThrownEndsTheLimitToo() {
    assertThatThrownBy(() ->
            Parallel.limitThreads(
                1,
                () -> {
                  throw new IOException("no");
                }))
        .isInstanceOf(IOException.class);

    assertThat(library.threads()).isEqualTo(4);
  }

  @Test
  void ofSeveralLimitsTheLeastHoldsInWhateverOrderTheyEnd() {
    LibraryThreads.Limit three = LibraryThreads.limit(3);
    LibraryThreads.Limit two = LibraryThreads.limit(2);
    assertThat(library.threads()).isEqualTo(2);

    three.close();
    assertThat(library.threads()).isEqualTo(2);
    two.close();
    assertThat(library.threads()).isEqualTo(4);
  }

  @Test
  void noThreadAtAllIsRefused() {
    assertThatThrownBy(() -> Parallel.limitThreads(0, () -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 0 threads: there must be one");
  }
}
