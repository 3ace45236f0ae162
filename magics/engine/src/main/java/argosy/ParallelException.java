package argosy;

/// What can go wrong with parallel work besides the task's own exception. The subclass says who is
/// at fault, the message what happened, where, and what to do.
public abstract sealed class ParallelException extends RuntimeException
    permits NotShippableException,
        TaskFailedException,
        WorkerLostException,
        PoolClosedException,
        ProtocolMismatchException,
        DeadlineExceededException {

  private static final long serialVersionUID = 1L;

  ParallelException(String message) {
    super(message);
  }

  ParallelException(String message, Throwable cause) {
    super(message, cause);
  }
}
