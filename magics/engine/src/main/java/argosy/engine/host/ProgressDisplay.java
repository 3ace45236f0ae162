package argosy.engine.host;

/// Shows how far a job is. Called by one thread at a time.
public interface ProgressDisplay extends AutoCloseable {

  /// So many inputs are done, the failed ones included.
  void update(long done, long failed);

  /// The job has ended, whether all inputs are done or not.
  @Override
  void close();
}
