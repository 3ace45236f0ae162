package argosy.engine.memory;

import argosy.wire.memory.ValueForm;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/// The array for a large value that a worker is still writing: made meanwhile, for to find its
/// memory and to fill it with zeros takes as long as the copy. Safe from any thread.
public final class ExpectedArray {

  /// Smaller ones are made at once.
  private static final long WORTH_BYTES = DeadArrays.LEAST_BYTES;

  private final ValueForm form;

  /// Results that nobody has asked for yet should not take twice their memory if there is not
  /// enough.
  private @Nullable SoftReference<Object> array;

  private boolean isTaken;

  /// Makes nothing yet.
  public ExpectedArray(ValueForm form) {
    this.form = form;
  }

  /// Makes it, unless that is not worth it, or it has been taken already.
  public synchronized void make() {
    if (isTaken || form.bytes() < WORTH_BYTES) {
      return;
    }
    try {
      array = new SoftReference<>(DeadArrays.newArray(form));
    } catch (OutOfMemoryError e) {
      // Whoever takes it may have more luck, or is told.
    }
  }

  /// {@return an array of zeros that is the caller's}
  ///
  /// @param actual what has come; perhaps something else
  synchronized Object take(ValueForm actual) {
    Object made = array == null ? null : array.get();
    array = null;
    isTaken = true;
    return made != null && actual.equals(form) ? made : DeadArrays.newArray(actual);
  }
}
