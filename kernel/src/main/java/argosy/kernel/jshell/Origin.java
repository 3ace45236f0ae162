package argosy.kernel.jshell;

/// Where a snippet stands.
///
/// @param source the text that it stands in: `Cell [n]`, or the name of a file; the class file
///   calls its source so, and every stack trace with it
/// @param line the line of that text on which it starts, counted from 1
record Origin(String source, int line) {

  private static final String CELL = "Cell [";

  /// {@return what the n-th cell is called}
  static String cell(int number) {
    return CELL + number + "]";
  }

  static boolean isCell(String source) {
    return source.startsWith(CELL);
  }
}
