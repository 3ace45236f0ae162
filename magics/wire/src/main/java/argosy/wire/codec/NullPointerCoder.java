package argosy.wire.codec;

/// A [NullPointerException] that still says what was null: the JVM finds that out when it is asked,
/// and only where the exception was thrown.
final class NullPointerCoder extends Coder<NullPointerException> {

  private static final Slot MESSAGE = message();

  private final HookCoder fields = new HookCoder(NullPointerException.class, null);

  private static Slot message() {
    try {
      return Slot.of(Throwable.class.getDeclaredField("detailMessage"));
    } catch (NoSuchFieldException e) {
      throw new LinkageError("Throwable keeps its message elsewhere", e);
    }
  }

  @Override
  void write(GraphWriter writer, NullPointerException thrown) {
    writer.out().writeString(thrown.getMessage());
    fields.write(writer, thrown);
  }

  @Override
  NullPointerException read(
      GraphReader reader, Class<? extends NullPointerException> type, int id) {
    String message = reader.in().readString();
    NullPointerException thrown = (NullPointerException) fields.read(reader, type, id);
    MESSAGE.set(thrown, message);
    return thrown;
  }
}
