package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.memory.SharedMemory.Lease;
import argosy.wire.memory.SharedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {

  private static final long MEGABYTE = 1 << 20;

  @Test
  void isOpenedByItsRange() throws IOException {
    try (SharedMemory memory = new SharedMemory(64 * MEGABYTE);
        Lease lease = memory.lease(80)) {
      lease.file().write(new double[] {1, 2, 3}, 0);
      double[] found = new double[3];
      try (SharedFile other = SharedFile.open(Path.of(lease.range().file()), false)) {
        other.read(lease.range().offset(), found);
      }
      assertThat(found).containsExactly(1, 2, 3);
    }
  }

  @Test
  void reusesWhatWasGivenBack() throws IOException {
    try (SharedMemory memory = new SharedMemory(64 * MEGABYTE)) {
      Lease first = memory.lease(3 * MEGABYTE);
      String file = first.range().file();
      first.close();
      first.close();
      assertThat(memory.keptBytes()).isEqualTo(3 * MEGABYTE);
      try (Lease second = memory.lease(2 * MEGABYTE)) {
        assertThat(second.range().file()).isEqualTo(file);
        assertThat(second.range().bytes()).isEqualTo(2 * MEGABYTE);
        assertThat(memory.keptBytes()).isZero();
      }
    }
  }

  @Test
  void wastesNoLargeFileOnASmallLease() throws IOException {
    try (SharedMemory memory = new SharedMemory(64 * MEGABYTE)) {
      Lease large = memory.lease(32 * MEGABYTE);
      large.close();
      try (Lease small = memory.lease(1)) {
        assertThat(small.range().file()).isNotEqualTo(large.range().file());
      }
    }
  }

  @Test
  void freesTheOldestWhenTooMuchIsKept() throws IOException {
    try (SharedMemory memory = new SharedMemory(4 * MEGABYTE)) {
      Lease old = memory.lease(3 * MEGABYTE);
      Lease young = memory.lease(2 * MEGABYTE);
      old.close();
      young.close();
      assertThat(memory.keptBytes()).isEqualTo(2 * MEGABYTE);
      assertThat(Files.exists(Path.of(old.range().file()))).isFalse();
      assertThat(Files.exists(Path.of(young.range().file()))).isTrue();
    }
  }

  @Test
  void leavesNothingWhenItCloses() throws IOException {
    SharedMemory memory = new SharedMemory(64 * MEGABYTE);
    Lease lease = memory.lease(MEGABYTE);
    memory.close();
    lease.close();
    assertThat(Files.exists(Path.of(lease.range().file()))).isFalse();
    assertThatThrownBy(() -> memory.lease(1)).isInstanceOf(IllegalStateException.class);
  }
}
