package argosy.wire.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What travels in place of a throwable that holds something which cannot.
///
/// @param text its class and its message
/// @param obstacle the way to what cannot travel
/// @param frames its stack trace
/// @param cause its cause, a throwable or described as well, or null if it has none
public record Described(
    String text, String obstacle, List<StackTraceElement> frames, @Nullable Object cause) {

  /// {@return the bytes of a throwable, or of its description if it cannot travel; null if not even
  /// that can be had}
  static byte @Nullable [] encode(ClassTable table, Throwable thrown) {
    try {
      return written(table, thrown);
    } catch (UnshippableException e) {
      return encode(table, thrown, e.path());
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  private static byte @Nullable [] encode(ClassTable table, Throwable thrown, String obstacle) {
    try {
      return written(table, of(table, thrown, obstacle, new ArrayList<>()));
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  private static Described of(
      ClassTable table, Throwable thrown, String obstacle, List<Throwable> above) {
    above.add(thrown);
    return new Described(
        thrown.toString(),
        obstacle,
        List.of(thrown.getStackTrace()),
        cause(table, thrown.getCause(), above));
  }

  @SuppressWarnings("ReferenceEquality") // a cause may lead back to the very object
  private static @Nullable Object cause(
      ClassTable table, @Nullable Throwable cause, List<Throwable> above) {
    if (cause == null || above.stream().anyMatch(each -> each == cause)) {
      return null;
    }
    try {
      byte[] unused = written(table, cause);
      return cause;
    } catch (UnshippableException e) {
      return of(table, cause, e.path(), above);
    }
  }

  private static byte[] written(ClassTable table, Object value) {
    GraphWriter writer = new GraphWriter(table);
    writer.write(value);
    return writer.bytes();
  }
}
