package argosy.worker.rebuild;

import argosy.wire.memory.ArrayBytes;
import argosy.wire.memory.ValueForm;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One large value that this worker was sent: its content as it was captured, and the objects that
/// tasks got with it.
final class HeldValue {

  /// An object with the content, kept for the next task. Lost when memory is short, or when the
  /// value has made way and the collector comes by.
  private static final class Copy {
    Reference<@Nullable Object> array = new SoftReference<>(null);

    /// Whether code that may have changed it has seen it since it was last known to be the same.
    boolean isSuspect;
  }

  /// Whatever is smaller is moved in a moment.
  private static final long LARGE_BYTES = 4 << 20;

  private final ValueForm form;
  private final ValueContent content;
  private final StateCounts counts;
  private final List<Copy> copies = new ArrayList<>();
  private Reference<@Nullable Object> text = new SoftReference<>(null);

  /// Whether the objects are not held on to.
  private boolean hasMadeWay;

  /// Whether a task has asked for the value after it had made way.
  private boolean isWanted;

  HeldValue(ValueForm form, ValueContent content, StateCounts counts) {
    this.form = form;
    this.content = content;
    this.counts = counts;
  }

  boolean isLarge() {
    return form.bytes() >= LARGE_BYTES;
  }

  ValueContent content() {
    return content;
  }

  /// {@return an object of its own with the content}
  Object fresh() {
    return form.isText() ? text() : newArray();
  }

  /// The same for a task's input.
  ///
  /// @param next what has the arrays
  Object fresh(NextArray next) {
    return form.isText() ? text() : filled(next.take(form));
  }

  /// {@return the object that tasks find in place of this value, with the content that it was
  /// captured with}
  ///
  /// @param occurrence which of several objects with this content
  /// @param isReadOnly whether the task cannot change it
  Object kept(int occurrence, boolean isReadOnly) {
    if (hasMadeWay) {
      hasMadeWay = false;
      isWanted = true;
      hold(true);
    }
    if (form.isText()) {
      return text();
    }
    Object original = isReadOnly ? content.original() : null;
    if (original != null && occurrence == 0) {
      return original;
    }
    while (copies.size() <= occurrence) {
      copies.add(new Copy());
    }
    Copy copy = copies.get(occurrence);
    Object array = copy.array.get();
    if (array == null || (copy.isSuspect && !isUnchanged(array))) {
      array = newArray();
      copy.array = new SoftReference<>(array);
      copy.isSuspect = false;
      counts.valueBuilt();
    } else {
      counts.valueKept();
    }
    copy.isSuspect |= !isReadOnly;
    return array;
  }

  /// Lets go of its objects for others that come: to find the content again costs less than to move
  /// what nobody may need any more to where old objects lie. Does nothing if they are small, or if
  /// that was tried before, and a task needed them.
  void makeWay() {
    boolean isHere = !copies.isEmpty() || !text.refersTo(null);
    if (isLarge() && isHere && !isWanted && !hasMadeWay && content.original() == null) {
      hasMadeWay = true;
      hold(false);
    }
  }

  private void hold(boolean isHeld) {
    for (Copy copy : copies) {
      copy.array = reference(copy.array.get(), isHeld);
    }
    text = reference(text.get(), isHeld);
  }

  private static Reference<@Nullable Object> reference(@Nullable Object object, boolean isHeld) {
    return isHeld ? new SoftReference<>(object) : new WeakReference<>(object);
  }

  /// {@return whether an array that [#kept] returned still has the content}
  boolean isUnchanged(Object array) {
    counts.valueCompared();
    return form.isText() || content.isIn(array, form);
  }

  private Object newArray() {
    return filled(form.newArray());
  }

  private Object filled(Object array) {
    counts.largeValue(form.bytes());
    content.copyTo(array);
    return array;
  }

  private Object text() {
    Object known = text.get();
    if (known == null) {
      Object original = content.original();
      known = form.valueOf(original != null ? original : newArray());
      text = new SoftReference<>(known);
      counts.valueBuilt();
    } else {
      counts.valueKept();
    }
    return known;
  }

  /// Adds bytes that follow those so far.
  void append(byte[] bytes) {
    content.append(bytes);
  }

  /// The content of a value that came in messages.
  static final class Received implements ValueContent {

    private final Object array;
    private long received;

    Received(ValueForm form) {
      array = form.newArray();
    }

    @Override
    public void append(byte[] bytes) {
      ArrayBytes.put(bytes, array, received);
      received += bytes.length;
    }

    @Override
    public Object original() {
      return array;
    }

    @Override
    public void copyTo(Object copy) {
      ArrayBytes.copy(array, copy);
    }

    @Override
    public boolean isIn(Object copy, ValueForm form) {
      return ArrayBytes.isSame(copy, array);
    }
  }
}
