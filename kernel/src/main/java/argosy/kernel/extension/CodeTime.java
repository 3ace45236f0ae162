package argosy.kernel.extension;

/// How long a cell's own code has run, what it called included and the compiler left out.
///
/// @param wallNanos by the clock
/// @param cpuNanos what its thread worked; 0 if the platform does not count it
public record CodeTime(long wallNanos, long cpuNanos) {

  /// {@return what has passed since an earlier time}
  public CodeTime since(CodeTime earlier) {
    return new CodeTime(wallNanos - earlier.wallNanos, cpuNanos - earlier.cpuNanos);
  }
}
