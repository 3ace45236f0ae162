package argosy.kernel.jshell;

/// Where a snippet stands.
///
/// @param cell the n of `Cell [n]`
/// @param line the line of the cell on which it starts, counted from 1
record Origin(int cell, int line) {

  private static final String PREFIX = "Cell [";

  /// {@return what the class file calls its source, and every stack trace with it}
  String sourceFile() {
    return PREFIX + cell + "]";
  }

  static boolean isCell(String sourceFile) {
    return sourceFile.startsWith(PREFIX) && sourceFile.endsWith("]");
  }

  static int cellOf(String sourceFile) {
    return Integer.parseInt(sourceFile, PREFIX.length(), sourceFile.length() - 1, 10);
  }
}
