package argosy.engine.memory;

import argosy.wire.memory.ArrayBytes;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The large values that have been captured and that something still refers to: to each content one
/// number, for as long as it is here. Safe from any thread.
/*
 * Finding. Two values are the same if all their bits are: they are compared, which costs less than a
 * hash, and only with those that agree in a few samples. So a content that is here is never stored,
 * and a worker that has it never sent it, a second time. Of an array that has been seen before, only
 * those pages are compared that have been written since, where the system says which.
 */
public final class ValueStore {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private static final int SAMPLES = 64;
  private static final int SAMPLE_BYTES = 16;

  private record Sample(ValueForm form, int hash) {}

  private static final class Known extends WeakReference<StoredValue> {

    final Sample sample;

    Known(StoredValue value, Sample sample, ReferenceQueue<StoredValue> gone) {
      super(value, gone);
      this.sample = sample;
    }
  }

  // Guarded by this.
  private final Map<Sample, List<Known>> known = new HashMap<>();
  private final ReferenceQueue<StoredValue> gone = new ReferenceQueue<>();

  private final @Nullable SharedMemory memory;
  private final SeenArrays seen;
  private volatile boolean isShort;

  /// Makes a store that is empty.
  ///
  /// @param memory where the values go, or null to keep them in memory of this process alone
  public ValueStore(@Nullable SharedMemory memory) {
    this(memory, WrittenPages::ofThisProcess);
  }

  /// @param system tells what has been written, or null
  ValueStore(@Nullable SharedMemory memory, Supplier<@Nullable WrittenPages> system) {
    this.memory = memory;
    this.seen = new SeenArrays(system);
  }

  /// {@return a value as it is now, which the caller releases}
  ///
  /// @param value a primitive array or a string
  public StoredValue store(Object value) {
    boolean isText = value instanceof String;
    Object array = value instanceof String text ? ValueForm.arrayOf(text) : value;
    ValueForm form = ValueForm.of(array, isText);
    StoredValue stored =
        isText ? searched(array, form).value() : seen.stored(array, () -> searched(array, form));
    stored.cameFrom(value);
    return stored;
  }

  private SeenArrays.Found searched(Object array, ValueForm form) {
    Sample sample = new Sample(form, sampled(array, form.bytes()));
    for (StoredValue candidate : candidates(sample)) {
      if (candidate.retain()) {
        if (candidate.isIn(array)) {
          return new SeenArrays.Found(candidate, false);
        }
        candidate.release();
      }
    }
    // What another thread changes meanwhile only means that this one is not found again.
    StoredValue stored = copied(array, form);
    remember(sample, stored);
    return new SeenArrays.Found(stored, true);
  }

  private StoredValue copied(Object array, ValueForm form) {
    long number = NUMBERS.incrementAndGet();
    SharedMemory shared = memory;
    if (shared != null) {
      SharedMemory.Lease lease = null;
      try {
        lease = shared.lease(form.bytes());
        lease.file().write(array, lease.range().offset());
        return StoredValue.shared(number, form, lease);
      } catch (IOException e) {
        if (lease != null) {
          lease.close();
        }
        tellOnce(e);
      }
    }
    return StoredValue.onHeap(number, form, form.isText() ? array : ArrayBytes.copy(array));
  }

  private void tellOnce(IOException e) {
    if (!isShort) {
      isShort = true;
      System.getLogger(ValueStore.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "no shared memory for large values, which now travel through sockets: "
                  + e.getMessage());
    }
  }

  private synchronized List<StoredValue> candidates(Sample sample) {
    List<StoredValue> found = new ArrayList<>();
    for (Known reference : known.getOrDefault(sample, List.of()).reversed()) {
      @Nullable StoredValue candidate = reference.get();
      if (candidate != null) {
        found.add(candidate);
      }
    }
    return found;
  }

  private synchronized void remember(Sample sample, StoredValue stored) {
    for (Reference<?> each; (each = gone.poll()) != null; ) {
      forget((Known) each);
    }
    known.computeIfAbsent(sample, _ -> new ArrayList<>(1)).add(new Known(stored, sample, gone));
  }

  private void forget(Known reference) {
    List<Known> alike = known.get(reference.sample);
    if (alike != null) {
      alike.remove(reference);
      if (alike.isEmpty()) {
        known.remove(reference.sample);
      }
    }
  }

  private static int sampled(Object array, long bytes) {
    long step = Math.max(SAMPLE_BYTES, bytes / SAMPLES);
    long hash = 0;
    for (long at = 0; at + SAMPLE_BYTES <= bytes; at += step) {
      for (byte each : ArrayBytes.get(array, at, SAMPLE_BYTES)) {
        hash = hash * 31 + each;
      }
      hash = Long.rotateLeft(hash * 0x9e3779b97f4a7c15L, 23);
    }
    return Long.hashCode(hash);
  }
}
