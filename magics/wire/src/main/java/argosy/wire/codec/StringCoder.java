package argosy.wire.codec;

/// A string; a large one may travel beside the graph.
final class StringCoder extends Coder<String> {

  @Override
  void write(GraphWriter writer, String text) {
    GraphOutput out = writer.out();
    if (text.length() < Outlet.LARGE_BYTES) {
      out.writeString(text);
      return;
    }
    int number = writer.outlet().take(text);
    // A null is no value that a coder is given, so it can say that the text is elsewhere.
    out.writeString(number < 0 ? text : null);
    if (number >= 0) {
      out.writeVarInt(number, true);
    }
  }

  @Override
  String read(GraphReader reader, Class<? extends String> type, int id) {
    String text = reader.in().readString();
    if (text != null) {
      return text;
    }
    Object brought = reader.inlet().bring(reader.in().readVarInt(true));
    if (brought instanceof String string) {
      return string;
    }
    throw new IllegalStateException("the bytes are damaged: a string is a " + brought.getClass());
  }
}
