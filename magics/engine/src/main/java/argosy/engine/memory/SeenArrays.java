package argosy.engine.memory;

import argosy.wire.memory.ArrayBytes;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The large arrays that have been stored before, and what they were then: that is of no use any
/// more when they have changed. Of some the system tells what has been written since, so that no
/// more of them has to be looked at. Safe from any thread.
/*
 * With 80 MB that takes a tenth of a millisecond, where comparing takes some ten. The price is a microsecond
 * or two at the first write to each page. So an array is watched from the first time on; one that turned out
 * to have changed is not, until it has been met once as it was.
 */
final class SeenArrays {

  private static final Cleaner CLEANER = Cleaner.create();

  /// What a search has found for an array.
  ///
  /// @param isNew whether it had to be stored for it
  record Found(StoredValue value, boolean isNew) {}

  private final Supplier<@Nullable WrittenPages> system;
  private final List<Seen> all = new ArrayList<>(); // guarded by itself

  /// @param system tells what has been written, or null
  SeenArrays(Supplier<@Nullable WrittenPages> system) {
    this.system = system;
  }

  /// {@return what an array is now, which the caller releases}
  ///
  /// @param search finds it, or stores it, if that is not known
  StoredValue stored(Object array, Supplier<Found> search) {
    if (!WatchedArray.isWorthIt(array)) {
      return search.get().value();
    }
    return find(array).stored(array, system.get(), search);
  }

  private Seen find(Object array) {
    synchronized (all) {
      all.removeIf(each -> each.array.refersTo(null));
      for (Seen each : all) {
        if (each.array.refersTo(array)) {
          return each;
        }
      }
      DeadArrays.came(ArrayBytes.size(array));
      Seen fresh = new Seen(new WeakReference<>(array));
      all.add(fresh);
      return fresh;
    }
  }

  private static final class Seen {

    final WeakReference<Object> array;

    // All guarded by this.
    private @Nullable WatchedArray watched;
    private WeakReference<@Nullable StoredValue> content = new WeakReference<>(null);
    private boolean changesOften;

    Seen(WeakReference<Object> array) {
      this.array = array;
    }

    synchronized StoredValue stored(
        Object array, @Nullable WrittenPages system, Supplier<Found> search) {
      StoredValue same = unchanged(array);
      if (same != null) {
        return same;
      }
      // Before it is compared or copied: who writes to it meanwhile has written since.
      WatchedArray begun = changesOften ? null : WatchedArray.of(array, system);
      Found found = search.get();
      changesOften &= found.isNew();
      StoredValue before = content.get();
      if (before != null && before != found.value()) {
        before.isGoneFrom(array);
      }
      content = new WeakReference<>(found.value());
      if (begun != null) {
        CLEANER.register(array, begun::forget);
        watched = begun;
      }
      return found.value();
    }

    /// {@return what the array is, kept for the caller, or null if that is not known}
    private @Nullable StoredValue unchanged(Object array) {
      WatchedArray known = watched;
      if (known == null) {
        return null;
      }
      List<WatchedArray.Elements> changed = known.changed(array);
      StoredValue before = content.get();
      if (changed != null && before != null && before.retain()) {
        if (changed.stream().allMatch(part -> before.isIn(array, part.from(), part.to()))) {
          return before;
        }
        before.release();
        changesOften = true;
      }
      known.forget();
      watched = null;
      return null;
    }
  }
}
