package argosy.engine.pool;

import argosy.engine.host.TaskOutput;

/// Shows what one worker writes, with its number before each line.
///
/// @param number the worker's
record WorkerLines(int number) {

  /// @param lines whole ones, but for the last
  void show(TaskOutput output, boolean isError, String lines) {
    StringBuilder prefixed = new StringBuilder(lines.length() + 32);
    for (int start = 0; start < lines.length(); ) {
      int end = lines.indexOf('\n', start) + 1;
      end = end == 0 ? lines.length() : end;
      prefixed.append("[worker ").append(number).append("] ").append(lines, start, end);
      start = end;
    }
    if (isError) {
      output.stderr(prefixed.toString());
    } else {
      output.stdout(prefixed.toString());
    }
  }
}
