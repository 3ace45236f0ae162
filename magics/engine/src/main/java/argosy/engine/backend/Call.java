package argosy.engine.backend;

import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of a captured function with a captured input, or several in one. Safe from any thread.
public interface Call {

  /// Ends it, wherever it is; then its listener hears nothing.
  ///
  /// @param interrupts whether to end it even if it runs
  void cancel(boolean interrupts);

  /// {@return how many it is}
  int count();

  /// {@return how each of them ended, as far as they have begun}
  List<CallEnd> ends(CallEnd end);

  /// {@return some of them once more, not started}
  ///
  /// @param from the first
  /// @param to the first that is not one of them
  Call again(int from, int to, CallListener listener);

  /// {@return how much memory its input takes until it has ended, or 0 if that is nothing of ours}
  long inputBytes();

  /// {@return what it returned}
  ///
  /// @param end of one call
  /// @throws Throwable what it threw, or why it never came to return or throw
  @Nullable Object value(CallEnd end) throws Throwable;
}
