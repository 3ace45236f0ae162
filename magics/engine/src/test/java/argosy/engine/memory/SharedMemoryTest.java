package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.memory.SharedMemory.Lease;
import argosy.wire.memory.SharedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {

  private static final long MEGABYTE = 1 << 20;

  @Test
  void isOpenedByItsRange() throws IOException {
    try (SharedMemory memory = pool(64 * MEGABYTE);
        Lease lease = memory.lease(80)) {
      lease.file().write(new double[] {1, 2, 3}, lease.range().offset());
      double[] found = new double[3];
      try (SharedFile other = SharedFile.open(lease.range().path(), false)) {
        other.read(lease.range().offset(), found);
      }
      assertThat(found).containsExactly(1, 2, 3);
    }
  }

  @Test
  void reusesWhatWasGivenBack() throws IOException {
    try (SharedMemory memory = pool(64 * MEGABYTE)) {
      Lease first = memory.lease(24 * MEGABYTE);
      String file = first.range().file();
      first.close();
      first.close();
      assertThat(memory.keptBytes()).isEqualTo(24 * MEGABYTE);
      try (Lease second = memory.lease(20 * MEGABYTE)) {
        assertThat(second.range().file()).isEqualTo(file);
        assertThat(second.range().bytes()).isEqualTo(20 * MEGABYTE);
        assertThat(memory.keptBytes()).isZero();
      }
    }
  }

  @Test
  void asksForWhatDeadValuesHoldBeforeItMakesALargeFile() throws IOException {
    try (SharedMemory memory = pool(64 * MEGABYTE)) {
      Lease dead = memory.lease(24 * MEGABYTE);
      memory.reclaimWith(() -> {
        dead.close();
        return true;
      });
      try (Lease next = memory.lease(24 * MEGABYTE)) {
        assertThat(next.range().file()).isEqualTo(dead.range().file());
      }
    }
  }

  @Test
  void makesALargeFileIfNobodyLetsGoOfOne() throws IOException {
    try (SharedMemory memory = pool(64 * MEGABYTE)) {
      memory.reclaimWith(() -> true);
      try (Lease first = memory.lease(24 * MEGABYTE);
          Lease second = memory.lease(24 * MEGABYTE)) {
        assertThat(second.range().file()).isNotEqualTo(first.range().file());
      }
    }
  }

  @Test
  void wastesNoLargeFileOnASmallLease() throws IOException {
    try (SharedMemory memory = pool(64 * MEGABYTE)) {
      Lease large = memory.lease(48 * MEGABYTE);
      large.close();
      try (Lease small = memory.lease(5 * MEGABYTE)) {
        assertThat(small.range().file()).isNotEqualTo(large.range().file());
      }
    }
  }

  @Test
  void dividesALargeFileThatNobodyHasNeededForAWhile() throws IOException {
    AtomicLong now = new AtomicLong();
    try (SharedMemory memory = pool(256 * MEGABYTE, now::get)) {
      Lease large = memory.lease(128 * MEGABYTE);
      large.close();
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));

      Lease first = memory.lease(20 * MEGABYTE);
      Lease second = memory.lease(100 * MEGABYTE);
      first.file().write(new byte[] {1}, first.range().offset());
      second.file().write(new byte[] {2}, second.range().offset());
      assertThat(first.range().file()).isEqualTo(large.range().file());
      assertThat(second.range().file()).isEqualTo(large.range().file());
      assertThat(first.file().read(first.range().offset(), 1)).containsExactly(1);
      assertThat(memory.keptBytes()).isEqualTo(8 * MEGABYTE);

      first.close();
      try (Lease third = memory.lease(24 * MEGABYTE)) {
        assertThat(third.range().file())
            .as("too large for either rest")
            .isNotEqualTo(large.range().file());
      }
      second.close();
      assertThat(memory.keptBytes()).as("both files").isEqualTo((128 + 24) * MEGABYTE);
      try (Lease whole = memory.lease(128 * MEGABYTE)) {
        assertThat(whole.range().file()).isEqualTo(large.range().file());
      }
    }
  }

  @Test
  void freesTheEndOfADividedFileThatNobodyHasNeededForAMinute() throws IOException {
    AtomicLong now = new AtomicLong();
    try (SharedMemory memory = pool(256 * MEGABYTE, now::get)) {
      memory.lease(128 * MEGABYTE).close();
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      try (Lease small = memory.lease(20 * MEGABYTE)) {
        small.file().write(new byte[] {1}, small.range().offset());
        assertThat(memory.trim(now.get())).isPositive();
        assertThat(small.file().size()).isEqualTo(128 * MEGABYTE);

        assertThat(memory.trim(now.addAndGet(TimeUnit.MINUTES.toNanos(1)))).isZero();
        assertThat(small.file().size()).isEqualTo(20 * MEGABYTE);
        assertThat(small.file().read(small.range().offset(), 1)).containsExactly(1);
        assertThat(memory.keptBytes()).isZero();
      }
      assertThat(memory.keptBytes()).isEqualTo(20 * MEGABYTE);
    }
  }

  @Test
  void asksForADeadPartOfADividedFile() throws IOException {
    AtomicLong now = new AtomicLong();
    try (SharedMemory memory = pool(256 * MEGABYTE, now::get)) {
      memory.lease(128 * MEGABYTE).close();
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      Lease living = memory.lease(20 * MEGABYTE);
      Lease dead = memory.lease(100 * MEGABYTE);
      memory.reclaimWith(() -> {
        dead.close();
        return true;
      });
      try (Lease next = memory.lease(90 * MEGABYTE)) {
        assertThat(next.range().file()).isEqualTo(living.range().file());
      }
    }
  }

  @Test
  void freesTheOldestWhenTooMuchIsKept() throws IOException {
    try (SharedMemory memory = pool(40 * MEGABYTE)) {
      Lease old = memory.lease(24 * MEGABYTE);
      Lease young = memory.lease(20 * MEGABYTE);
      old.close();
      young.close();
      assertThat(memory.keptBytes()).isEqualTo(20 * MEGABYTE);
      assertThatThrownBy(() -> old.range().path()).isInstanceOf(NoSuchFileException.class);
      assertThat(Files.exists(young.range().path())).isTrue();
    }
  }

  @Test
  void keepsTheOthersWhenAFileIsLargerThanAllThatMayBeKept() throws IOException {
    try (SharedMemory memory = pool(40 * MEGABYTE)) {
      Lease small = memory.lease(24 * MEGABYTE);
      Lease huge = memory.lease(48 * MEGABYTE);
      small.close();
      huge.close();
      assertThat(memory.keptBytes()).isEqualTo(24 * MEGABYTE);
      assertThat(Files.exists(small.range().path())).isTrue();
      assertThatThrownBy(() -> huge.range().path()).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void freesWhatNobodyHasNeededForAMinute() throws IOException {
    try (SharedMemory memory = pool(64 * MEGABYTE)) {
      Lease used = memory.lease(8 * MEGABYTE);
      Lease idle = memory.lease(24 * MEGABYTE);
      idle.close();
      long now = System.nanoTime();

      assertThat(memory.trim(now)).isBetween(1L, TimeUnit.MINUTES.toNanos(1));
      assertThat(memory.keptBytes()).isEqualTo(24 * MEGABYTE);
      assertThat(memory.trim(now + TimeUnit.MINUTES.toNanos(1))).isZero();
      assertThat(memory.keptBytes()).isZero();
      assertThatThrownBy(() -> idle.range().path()).isInstanceOf(NoSuchFileException.class);
      assertThat(Files.exists(used.range().path())).isTrue();
    }
  }

  @Test
  void leavesNothingWhenItCloses() throws IOException {
    SharedMemory memory = pool(64 * MEGABYTE);
    Lease lease = memory.lease(MEGABYTE);
    memory.close();
    lease.close();
    assertThatThrownBy(() -> lease.range().path()).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> memory.lease(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void putsSmallLeasesSideBySide() throws IOException {
    try (SharedMemory memory = pool(64 * MEGABYTE)) {
      Lease first = memory.lease(100);
      Lease second = memory.lease(MEGABYTE);
      first.file().write(new byte[] {1}, first.range().offset());
      second.file().write(new byte[] {2}, second.range().offset());

      assertThat(second.range().file()).isEqualTo(first.range().file());
      assertThat(first.file().read(first.range().offset(), 1)).containsExactly(1);

      long before = memory.totalBytes();
      for (int i = 0; i < 500; i++) {
        memory.lease(MEGABYTE).close();
      }
      first.close();
      second.close();
      assertThat(memory.totalBytes()).isLessThanOrEqualTo(2 * before);
    }
  }

  @Test
  void namesAFileAnewWhoseDescriptorIsUsedAgain() throws IOException {
    try (SharedMemory memory = pool(0)) {
      Lease first = memory.lease(8 * MEGABYTE);
      first.close();
      Lease second = memory.lease(8 * MEGABYTE);

      assertThat(second.range().file()).isNotEqualTo(first.range().file());
    }
  }

  @Test
  void hasFilesWithNamesWhereThereAreNoOthers() throws IOException {
    SharedMemory memory = new SharedMemory(0, new MemoryFiles(false), _ -> {}, System::nanoTime);
    Lease lease = memory.lease(8 * MEGABYTE);
    Path path = lease.range().path();
    lease.file().write(new int[] {1, 2}, lease.range().offset());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    // All of it is the machine's: no store into it can fail.
    assertThat((long) Files.getAttribute(path, "size")).isEqualTo(8 * MEGABYTE);
    memory.close();
    assertThat(path).doesNotExist();
  }

  @Test
  void refusesWhatTheMachineCannotHoldAndGoesOn() throws IOException {
    for (boolean anonymous : new boolean[] {true, false}) {
      try (SharedMemory memory =
          new SharedMemory(0, new MemoryFiles(anonymous), _ -> {}, System::nanoTime)) {
        assertThatThrownBy(() -> memory.lease(1L << 50))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("has room for");
        assertThat(memory.totalBytes()).isZero();
        memory.lease(8).close();
      }
    }
  }

  @Test
  void touchesTheNextFileBeforeAnybodyNeedsIt() throws IOException {
    Queue<Runnable> background = new ArrayDeque<>();
    try (SharedMemory memory =
            new SharedMemory(256 * MEGABYTE, new MemoryFiles(), background::add, System::nanoTime);
        Lease first = memory.lease(24 * MEGABYTE)) {
      background.remove().run();

      assertThat(memory.keptBytes()).isEqualTo(24 * MEGABYTE);
      try (Lease second = memory.lease(24 * MEGABYTE)) {
        assertThat(second.range().file()).isNotEqualTo(first.range().file());
        assertThat(residentBytes(second)).isEqualTo(24 * MEGABYTE);
        assertThat(memory.keptBytes()).isZero();
        background.remove().run();
        assertThat(memory.keptBytes()).as("for a third").isEqualTo(24 * MEGABYTE);
      }
      assertThat(background).isEmpty();
    }
  }

  @Test
  void makesNoSpareWhereAFileCameBack() throws IOException {
    Queue<Runnable> background = new ArrayDeque<>();
    try (SharedMemory memory =
        new SharedMemory(256 * MEGABYTE, new MemoryFiles(), background::add, System::nanoTime)) {
      memory.lease(24 * MEGABYTE).close();
      background.remove().run();
      assertThat(memory.totalBytes()).isEqualTo(24 * MEGABYTE);

      Lease first = memory.lease(24 * MEGABYTE);
      Lease second = memory.lease(24 * MEGABYTE);
      assertThat(background).as("asked for when the first was taken").hasSize(1);
      first.close();
      second.close();
      background.remove().run();
      assertThat(memory.totalBytes()).isEqualTo(48 * MEGABYTE);
    }
  }

  @Test
  void makesNoSpareOfMuchOfWhatMayBeKept() throws IOException {
    Queue<Runnable> background = new ArrayDeque<>();
    try (SharedMemory memory =
        new SharedMemory(64 * MEGABYTE, new MemoryFiles(), background::add, System::nanoTime)) {
      memory.lease(24 * MEGABYTE).close();
      assertThat(background).isEmpty();
    }
  }

  @Test
  void freesASpareThatComesTooLate() throws IOException {
    Queue<Runnable> background = new ArrayDeque<>();
    SharedMemory memory =
        new SharedMemory(256 * MEGABYTE, new MemoryFiles(), background::add, System::nanoTime);
    Lease lease = memory.lease(8 * MEGABYTE);
    memory.close();
    lease.close();
    long before = openMemoryFiles();
    background.remove().run();
    assertThat(openMemoryFiles()).isLessThanOrEqualTo(before);
    assertThat(memory.totalBytes()).isZero();
  }

  private static SharedMemory pool(long keptBytesLimit) {
    return pool(keptBytesLimit, System::nanoTime);
  }

  private static SharedMemory pool(long keptBytesLimit, LongSupplier clock) {
    return new SharedMemory(keptBytesLimit, new MemoryFiles(), _ -> {}, clock);
  }

  /// {@return how much of a lease's file this process has mapped and touched}
  private static long residentBytes(Lease lease) throws IOException {
    String title = lease.range().file().substring(lease.range().file().indexOf('#') + 1);
    long kilobytes = 0;
    boolean isIts = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        isIts = line.contains(title);
      } else if (isIts && line.startsWith("Rss:")) {
        kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return kilobytes << 10;
  }

  private static long openMemoryFiles() throws IOException {
    long count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)
            && Files.readSymbolicLink(file).toString().contains("memfd")) {
          count++;
        }
      }
    }
    return count;
  }
}
