package argosy.engine.schedule;

/// What the caller of a job asked for.
///
/// @param workers how many workers may run the job's tasks at a time; 0 for all
/// @param batch how many tasks a worker is given at a time; 0 for as many as their measured
///   duration suggests
/// @param timeoutNanos how long each task may run; 0 for as long as it takes
public record JobLimits(int workers, int batch, long timeoutNanos) {

  /// Nothing asked for.
  public static final JobLimits NONE = new JobLimits(0, 0, 0);

  /// @throws IllegalArgumentException if a number is negative
  public JobLimits {
    if (workers < 0 || batch < 0 || timeoutNanos < 0) {
      throw new IllegalArgumentException(
          "negative limits: workers %d, batch %d, timeout %d ns"
              .formatted(workers, batch, timeoutNanos));
    }
  }
}
