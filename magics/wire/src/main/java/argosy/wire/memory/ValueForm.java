package argosy.wire.memory;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What a large value is: an array of primitives, or a text as the array of its bytes or `char`s.
///
/// @param kind the array
/// @param length how many elements it has
/// @param isText whether it stands for a `String`: bytes for one of Latin-1, else `char`s
public record ValueForm(ArrayKind kind, int length, boolean isText) {

  /// Checks.
  public ValueForm {
    Objects.requireNonNull(kind, "kind is null");
    if (length < 0 || (isText && kind != ArrayKind.BYTE && kind != ArrayKind.CHAR)) {
      throw new IllegalArgumentException("not a value: " + length + " of " + kind);
    }
  }

  /// {@return the form of an array of primitives, or of the array that stands for a text}
  public static ValueForm of(Object array, boolean isText) {
    return new ValueForm(ArrayKind.of(array), Array.getLength(array), isText);
  }

  /// {@return the array that stands for a text}
  public static Object arrayOf(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    boolean isLatin = new String(bytes, StandardCharsets.ISO_8859_1).equals(text);
    return isLatin ? bytes : text.toCharArray();
  }

  /// {@return how many bytes the content has}
  public long bytes() {
    return (long) length * kind.elementBytes();
  }

  /// {@return a new array for the content}
  public Object newArray() {
    return kind.newArray(length);
  }

  /// {@return what an array with the content stands for: the text, or the array itself}
  public Object valueOf(Object array) {
    if (!isText) {
      return array;
    }
    return array instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.ISO_8859_1)
        : new String((char[]) array);
  }
}
