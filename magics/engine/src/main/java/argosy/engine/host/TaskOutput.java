package argosy.engine.host;

/// Where the output of tasks appears. Safe from any thread.
public interface TaskOutput {

  /// Shows whole lines that a task wrote to its standard output, each ending in a line feed.
  void stdout(String lines);

  /// Shows whole lines that a task wrote to its standard error, each ending in a line feed.
  void stderr(String lines);
}
