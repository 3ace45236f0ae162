package argosy.worker.rebuild;

import argosy.wire.memory.Range;
import argosy.wire.memory.SharedFiles;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The content of a value that lies in shared memory.
///
/// @param files what is open and mapped
/// @param range where it lies
record SharedContent(SharedFiles files, Range range) implements ValueContent {

  @Override
  public void append(byte[] bytes) {
    throw new IllegalStateException("the value has its content already");
  }

  @Override
  public @Nullable Object original() {
    return null;
  }

  @Override
  public void copyTo(Object array) {
    try {
      files.of(range).read(range.offset(), array);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public boolean isIn(Object array, ValueForm form) {
    try {
      return files.of(range).holds(range.offset(), array);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static UncheckedIOException gone(IOException e) {
    return new UncheckedIOException("the shared memory of a large value cannot be read", e);
  }
}
