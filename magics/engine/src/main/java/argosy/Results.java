package argosy;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The results of a job as they are asked for. Confined to one thread; closing it ends the job.
///
/// [Iterator#next] throws what a task threw.
///
/// @param <R> a result
public interface Results<R extends @Nullable Object> extends Iterator<R>, AutoCloseable {

  /// Cancels what has not ended. Idempotent.
  @Override
  void close();
}
