package argosy.engine.memory;

import argosy.wire.memory.ArrayBytes;
import argosy.wire.memory.ValueForm;

/// A large value as it was when it was captured. Immutable.
public final class StoredValue {

  private final long number;
  private final ValueForm form;
  private final Object array;

  StoredValue(long number, ValueForm form, Object array) {
    this.number = number;
    this.form = form;
    this.array = array;
  }

  /// {@return what stands for it in this process and its workers, never used again}
  public long number() {
    return number;
  }

  /// {@return what it is}
  public ValueForm form() {
    return form;
  }

  /// {@return how many bytes it has}
  public long bytes() {
    return form.bytes();
  }

  /// {@return some of its bytes}
  public byte[] bytes(long start, int count) {
    return ArrayBytes.get(array, start, count);
  }

  /// {@return whether an array has this content, bit by bit}
  boolean isIn(Object other) {
    return ArrayBytes.isSame(array, other);
  }
}
