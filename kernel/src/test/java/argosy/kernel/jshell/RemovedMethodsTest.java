package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovedMethodsTest {

  @Test
  void areLeftOutOfTheListThatALibraryOfACellReads(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> Thread.class.getMethod("resume"))
        .isInstanceOf(NoSuchMethodException.class);
    Files.writeString(
        folder.resolve("unsafeMethods.properties"),
        """
        # a comment
        java.lang.Thread.resume()
        java.lang.Object.wait(long,int)
        java.lang.Object.wait(long,int,int)
        java.lang.Thread.interrupt()
        of.some.Library.method(int)
        """);
    Files.writeString(folder.resolve("others.properties"), "java.lang.Thread.resume()");
    try (CellLoader loader = new CellLoader(getClass().getClassLoader())) {
      loader.add(folder.toUri().toURL());
      assertThat(read(loader, "unsafeMethods.properties"))
          .isEqualTo(
              """
              # a comment
              java.lang.Object.wait(long,int)
              java.lang.Thread.interrupt()
              of.some.Library.method(int)
              """);
      assertThat(read(loader, "others.properties")).isEqualTo("java.lang.Thread.resume()");
    }
  }

  private static String read(ClassLoader loader, String name) throws Exception {
    URL found = Objects.requireNonNull(loader.getResource(name));
    try (InputStream in = found.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
