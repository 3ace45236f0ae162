package argosy.kernel.jupyter;

/// Positions in code: the protocol counts Unicode characters, Java counts `char`s.
final class CodePoints {

  private CodePoints() {}

  /// {@return the index that stands for a position; the nearest one if there is none}
  static int toIndex(String code, int position) {
    int positions = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.clamp(position, 0, positions));
  }

  /// {@return the position of an index; the nearest one if there is none}
  static int toPosition(String code, int index) {
    return code.codePointCount(0, Math.clamp(index, 0, code.length()));
  }
}
