package argosy.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ZeroPagesTest {

  private static final int BYTES = 200 << 20;
  private static final int PAGE = ZeroPages.PAGE_BYTES / Long.BYTES;

  private static long ownBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 4);
    return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * ZeroPages.PAGE_BYTES;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void givesTheMemoryBack() throws IOException {
    long[] zeros = new long[BYTES / Long.BYTES];
    long before = ownBytes();

    assertThat(ZeroPages.release(zeros)).isTrue();

    assertThat(before - ownBytes()).isGreaterThan(BYTES / 2);
    assertThat(zeros).hasSize(BYTES / Long.BYTES);
  }

  @Test
  void leavesAnArrayOfZerosThatCanBeUsed() {
    long[] before = new long[3 * PAGE];
    long[] zeros = new long[20 * PAGE + 13];
    long[] after = new long[3 * PAGE];
    Arrays.fill(before, 1);
    Arrays.fill(after, 1);

    boolean unused = ZeroPages.release(zeros);

    assertThat(zeros).isEqualTo(new long[20 * PAGE + 13]);
    assertThat(before).containsOnly(1);
    assertThat(after).containsOnly(1);
    Arrays.fill(zeros, 2);
    assertThat(zeros).containsOnly(2);
  }

  @Test
  void leavesWhatIsSmallerThanAPageAlone() {
    assertThat(ZeroPages.release(new long[100])).isFalse();
    assertThat(ZeroPages.release(new long[0])).isFalse();
  }
}
