package argosy.engine.memory;

import argosy.wire.codec.Inlet;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The large values of a result, which a worker has left in shared memory of this process. Each is
/// copied out once, and its memory is free then, or when nothing refers to this any more.
public final class ReturnedValues implements Inlet {

  /// Of a result without large values.
  public static final ReturnedValues NONE = new ReturnedValues(List.of());

  private static final Cleaner CLEANER = Cleaner.create();

  /// One of them.
  ///
  /// @param form what it is
  /// @param lease where it is
  /// @param array where it goes
  public record Returned(ValueForm form, SharedMemory.Lease lease, ExpectedArray array) {}

  private final List<Returned> values;
  private final @Nullable Object[] brought;

  /// Takes over the leases.
  public ReturnedValues(List<Returned> values) {
    List<Returned> all = List.copyOf(values);
    this.values = all;
    this.brought = new @Nullable Object[all.size()];
    if (!all.isEmpty()) {
      CLEANER.register(this, () -> all.forEach(value -> value.lease().close()));
    }
  }

  /// {@return whether there are none}
  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public synchronized Object bring(int number) {
    Object known = brought[number];
    if (known == null) {
      Returned value = values.get(number);
      Object array = value.array().take(value.form());
      try {
        value.lease().file().read(value.lease().range().offset(), array);
      } catch (IOException e) {
        throw new UncheckedIOException("the shared memory of a result cannot be read", e);
      }
      value.lease().close();
      known = value.form().valueOf(array);
      brought[number] = known;
    }
    return known;
  }

  /// Frees the memory of what was not brought. Nothing can be brought afterwards.
  public void discard() {
    values.forEach(value -> value.lease().close());
  }
}
