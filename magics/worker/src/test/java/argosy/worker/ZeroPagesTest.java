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

  private static long ownBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 4);
    return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * ZeroPages.PAGE_BYTES;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void givesTheMemoryBack() throws IOException {
    byte[] zeros = new byte[BYTES];
    long before = ownBytes();

    assertThat(ZeroPages.release(zeros)).isTrue();

    assertThat(before - ownBytes()).isGreaterThan(BYTES / 2);
    assertThat(zeros).hasSize(BYTES);
  }

  @Test
  void leavesAnArrayOfZerosThatCanBeUsed() {
    byte[] before = new byte[3 * ZeroPages.PAGE_BYTES];
    byte[] zeros = new byte[20 * ZeroPages.PAGE_BYTES + 13];
    byte[] after = new byte[3 * ZeroPages.PAGE_BYTES];
    Arrays.fill(before, (byte) 1);
    Arrays.fill(after, (byte) 1);

    boolean unused = ZeroPages.release(zeros);

    assertThat(zeros).isEqualTo(new byte[20 * ZeroPages.PAGE_BYTES + 13]);
    assertThat(before).containsOnly(1);
    assertThat(after).containsOnly(1);
    Arrays.fill(zeros, (byte) 2);
    assertThat(zeros).containsOnly(2);
  }

  @Test
  void leavesWhatIsSmallerThanAPageAlone() {
    assertThat(ZeroPages.release(new byte[100])).isFalse();
    assertThat(ZeroPages.release(new byte[0])).isFalse();
  }
}
