package argosy.kernel.jshell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Tells of types of the platform whether the compiler rejects even their import unless previews
/// are enabled.
final class Previews {

  /// The annotation that such a type has, which no running program sees.
  private static final byte[] MARK =
      "Ljdk/internal/javac/PreviewFeature;".getBytes(StandardCharsets.UTF_8);

  private Previews() {}

  /// {@return whether a type, or something in it, is a preview}
  ///
  /// @param owner a package or a class
  /// @param name the type in it
  static boolean mayHave(String owner, String name, ClassLoader loader) {
    if (!owner.startsWith("java")) {
      return false;
    }
    String file = (owner + "." + name).replace('.', '/') + ".class";
    try (InputStream bytes = loader.getResourceAsStream(file)) {
      return bytes != null && contains(bytes.readAllBytes());
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean contains(byte[] classFile) {
    int last = classFile.length - MARK.length;
    for (int i = 0; i <= last; i++) {
      if (classFile[i] == MARK[0]
          && Arrays.equals(classFile, i, i + MARK.length, MARK, 0, MARK.length)) {
        return true;
      }
    }
    return false;
  }
}
