package argosy.kernel.cell;

/// One token of a cell, by its place in the text.
///
/// @param end where it ends, exclusive
record Token(Kind kind, int start, int end) {

  enum Kind {
    /// An identifier or a keyword.
    WORD,
    /// A number, character, string or text block.
    LITERAL,
    /// One character of an operator or separator, or one of `->` and `::`.
    SYMBOL,
    /// A `%name` with the rest of its line.
    MAGIC,
    /// A string, character, text block or comment that the text does not close.
    UNCLOSED
  }

  String in(String text) {
    return text.substring(start, end);
  }

  boolean is(String text, String expected) {
    return end - start == expected.length() && text.startsWith(expected, start);
  }
}
