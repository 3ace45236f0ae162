package argosy.worker.rebuild;

import argosy.wire.memory.ValueForm;
import org.jspecify.annotations.Nullable;

/// What a large value consists of, where no task can change it.
interface ValueContent {

  /// Adds bytes that follow those so far.
  ///
  /// @throws IllegalStateException if the content does not come in messages
  void append(byte[] bytes);

  /// {@return the array that holds the content, only for readers; or null if no array does}
  @Nullable Object original();

  /// Gives an array of the value's form the content.
  void copyTo(Object array);

  /// {@return whether an array has the content, bit by bit}
  boolean isIn(Object array, ValueForm form);
}
