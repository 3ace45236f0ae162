package argosy.worker;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The number of the task that runs, in memory that the kernel sees too: when this process dies, it
/// tells which task was to blame, whatever had not been sent. Costs one store per task.
final class Progress {

  private final MappedByteBuffer word;

  /// @param file of eight bytes, made by the kernel
  Progress(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      word = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
    }
  }

  /// Says that a task runs, or with 0 that none does.
  void set(long task) {
    word.putLong(0, task);
  }

  /// {@return the task that runs, or 0}
  long get() {
    return word.getLong(0);
  }
}
