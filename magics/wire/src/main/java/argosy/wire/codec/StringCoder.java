package argosy.wire.codec;

/// A string; a large one may travel beside the graph, and a literal is a literal again.
final class StringCoder extends Coder<String> {

  /// Stands for a literal where a large string has a number.
  private static final int LITERAL = 0;

  private static final int FIRST_NUMBER = 1;

  /// Longer texts are no literals that anybody compares by identity.
  private static final int LITERAL_LENGTH = 64;

  @Override
  void write(GraphWriter writer, String text) {
    GraphOutput out = writer.out();
    if (text.length() <= LITERAL_LENGTH && isLiteral(writer, text)) {
      out.writeString(null);
      out.writeVarInt(LITERAL, true);
      out.writeString(text);
      return;
    }
    if (text.length() < Outlet.LARGE_BYTES) {
      out.writeString(text);
      return;
    }
    int number = writer.outlet().take(text);
    // A null is no value that a coder is given, so it can say that the text is elsewhere.
    out.writeString(number < 0 ? text : null);
    if (number >= 0) {
      out.writeVarInt(number + FIRST_NUMBER, true);
    }
  }

  private static boolean isLiteral(GraphWriter writer, String text) {
    return writer.table().isLiteral(text) && isInterned(text);
  }

  @SuppressWarnings("ReferenceEquality") // identity is what it asks for
  private static boolean isInterned(String text) {
    return text.intern() == text;
  }

  @Override
  String read(GraphReader reader, Class<? extends String> type, int id) {
    String text = reader.in().readString();
    if (text != null) {
      return text;
    }
    int number = reader.in().readVarInt(true);
    if (number == LITERAL) {
      return reader.in().readString().intern();
    }
    Object brought = reader.inlet().bring(number - FIRST_NUMBER);
    if (brought instanceof String string) {
      return string;
    }
    throw new IllegalStateException("the bytes are damaged: a string is a " + brought.getClass());
  }
}
