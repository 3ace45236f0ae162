package argosy.worker.rebuild;

import argosy.wire.memory.ValueForm;
import org.jspecify.annotations.Nullable;

/// The forms of large values that the last two tasks had, for they say what the next may have.
/// Confined to one thread.
public final class LastForms {

  /// What the task had last that runs, or ran last; null if nothing.
  private @Nullable ValueForm last;

  /// The same of the task before it.
  private @Nullable ValueForm before;

  /// Of no task yet.
  public LastForms() {}

  /// Another task begins.
  public void nextTask() {
    before = last;
    last = null;
  }

  /// The task has a value of this form.
  public void add(ValueForm form) {
    last = form;
  }

  /// {@return the form that the last two tasks both had, or null}
  public @Nullable ValueForm repeated() {
    return last != null && last.equals(before) ? last : null;
  }
}
