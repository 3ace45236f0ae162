package argosy.engine.backend;

import argosy.engine.pool.CallListener;
import org.jspecify.annotations.Nullable;

/// Neighboring inputs of a job that are to run one after the other as one call, while they are
/// captured. Confined to one thread.
public interface Chunk {

  /// Captures one more input.
  ///
  /// @return false if it does not go together with those before it; then it is not in this chunk
  ///   and has to begin another one
  /// @throws argosy.NotShippableException if something in it cannot go there
  boolean add(@Nullable Object input);

  /// {@return how many there are}
  int count();

  /// {@return whether it is large enough, however short the tasks are}
  boolean isFull();

  /// {@return the call, not started}
  ///
  /// @param mayGiveBack whether inputs whose turn has not come within some milliseconds may be
  ///   given back unworked, so that other workers can have them
  Call call(CallListener listener, boolean mayGiveBack);
}
