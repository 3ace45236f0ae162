package argosy.worker.rebuild;

import argosy.wire.memory.ValueForm;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/// The array for the large value that the next task's input may have, made while there is nothing
/// else to do: to fill it with zeros takes longer than to copy the content. Confined to the thread
/// that runs tasks.
/*
 * When. The values of tasks that follow each other are often alike. After two that came with the same form
 * the third may, too, and whoever sends it copies its content meanwhile. The array is for that task alone.
 */
final class NextArray {

  /// Smaller ones are made at once.
  private static final long WORTH_BYTES = 4 << 20;

  /// It takes no more than this part of what the heap has left for what tasks need.
  private static final int HEAP_SHARE = 4;

  private final LastForms forms = new LastForms();

  /// Lost when memory is short.
  private @Nullable SoftReference<Object> ready;

  /// Another task begins.
  ///
  /// @param hasValues whether it comes with large values
  void nextTask(boolean hasValues) {
    forms.nextTask();
    if (!hasValues) {
      ready = null; // whose place it may need
    }
  }

  /// {@return an array of zeros for a value that is no text; it is the caller's}
  Object take(ValueForm form) {
    Object made = ready();
    ready = null;
    forms.add(form);
    return made != null && ValueForm.of(made, false).equals(form) ? made : form.newArray();
  }

  /// Makes the array, if it is likely to be needed. Does nothing if it is there.
  void make() {
    ValueForm form = forms.repeated();
    if (form != null
        && form.bytes() >= WORTH_BYTES
        && form.bytes() <= bytesLeft() / HEAP_SHARE
        && ready() == null) {
      ready = new SoftReference<>(form.newArray());
    }
  }

  /// {@return the array, if there is one}
  @Nullable Object ready() {
    return ready == null ? null : ready.get();
  }

  /// Lets go of it.
  void drop() {
    ready = null;
  }

  private static long bytesLeft() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
