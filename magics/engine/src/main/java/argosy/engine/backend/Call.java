package argosy.engine.backend;

import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import org.jspecify.annotations.Nullable;

/// One call of a captured function with a captured input. Safe from any thread.
public interface Call {

  /// Ends it, wherever it is; then its listener hears nothing.
  ///
  /// @param interrupts whether to end it even if it runs
  void cancel(boolean interrupts);

  /// {@return the same call once more, not started}
  Call again(CallListener listener);

  /// {@return how much memory its input takes until it has ended, or 0 if that is nothing of ours}
  long inputBytes();

  /// {@return what it returned}
  ///
  /// @throws Throwable what it threw, or why it never came to return or throw
  @Nullable Object value(CallEnd end) throws Throwable;
}
