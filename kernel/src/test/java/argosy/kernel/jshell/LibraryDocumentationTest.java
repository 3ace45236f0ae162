package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.dependency.Dependencies;
import argosy.kernel.dependency.TestRepository;
import argosy.kernel.magic.BuiltInMagics;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LibraryDocumentationTest {

  private static final String SOURCE =
      """
      package lib;

      /** Greets politely. */
      public class Greeting {
        /**
         * Says hello to somebody.
         *
         * @param name whom to greet
         */
        public static String to(String name) {
          return "Hello, " + name;
        }
      }
      """;

  private static final String MARKDOWN =
      """
      package lib;

      /// Greets *politely*, as [java.util.Map#of()] does; see [the map][java.util.Map].
      ///
      /// ```java
      /// String hello = Greeting.to("you");
      ///
      /// if (1 < 2 && true) {
      ///   hello = Greeting.to("<b>");
      /// }
      /// ```
      ///
      /// - one,
      ///   with **bold**
      /// - two
      ///   1. nested
      ///
      /// # A title
      ///
      /// A [link](https://example.org), {@code a < b} and {@link #to(String)}.
      public class Greeting {
        /// Says hello to somebody,
        /// and no more.
        ///
        /// @param name whom to *greet*: `a < b`, or
        ///     nobody
        /// @throws IllegalStateException after [#close()]
        public static String to(String name) {
          return "Hello, " + name;
        }

        public void close() {}
      }
      """;

  @TempDir Path folder;
  private TestRepository repository;
  private TestSession session;

  @BeforeEach
  void open() {
    repository =
        new TestRepository(folder.resolve("remote"))
            .library("greeting", "1", "lib.Greeting", SOURCE);
    session =
        TestSession.open(
            new BuiltInMagics(new Dependencies(folder.resolve("local"), "test", repository.url())));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private String inspect(String code) {
    return session
        .interpreter()
        .inspect(code, code.length(), 1)
        .map(bundle -> String.valueOf(bundle.get("text/plain")))
        .orElse("");
  }

  @Test
  void isThatOfTheSourcesBesideTheJar() {
    repository.sources("greeting", "1", "lib.Greeting", SOURCE);
    Path jar = folder.resolve("remote/test/greeting/1/greeting-1.jar");
    session.run("%jars " + jar).succeeds();
    assertThat(inspect("lib.Greeting")).contains("Greets politely.");
    assertThat(inspect("lib.Greeting.to(")).contains("Says hello to somebody.", "whom to greet");
    assertThat(inspect("String.valueOf(")).contains("Returns the string representation");
  }

  @Test
  void isThatOfTheSourcesInTheJar() throws IOException {
    Path jar = folder.resolve("remote/test/greeting/1/greeting-1.jar");
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      Path sources = Files.createDirectories(inside.getPath("OSGI-OPT/src/lib"));
      Files.writeString(sources.resolve("Greeting.java"), MARKDOWN);
    }
    session.run("%jars " + jar).succeeds();
    assertThat(inspect("lib.Greeting"))
        .isEqualTo(
            """
            Greeting
                Greets politely, as Map.of() does; see the map.

                    String hello = Greeting.to("you");

                    if (1 < 2 && true) {
                      hello = Greeting.to("<b>");
                    }

                - one, with bold
                - two
                  1. nested

                A title

                A link, a < b and to(String).\
            """);
    assertThat(inspect("lib.Greeting.to("))
        .isEqualTo(
            """
            String Greeting.to(String name)
                Says hello to somebody, and no more.
                @param name: whom to greet: a < b, or nobody
                @throws IllegalStateException: after close()\
            """);
    assertThat(session.interpreter().inspect("lib.Greeting", 12, 0).orElseThrow().get("text/plain"))
        .isEqualTo("Greeting\n    Greets politely, as Map.of() does; see the map.");
  }

  @Test
  void comesByItselfForALibraryOfARepository() {
    repository.sources("greeting", "1", "lib.Greeting", SOURCE);
    session.run("%maven test:greeting:1\nlib.Greeting.to(\"you\")").shows("Hello, you");
    long start = System.nanoTime();
    while (!inspect("lib.Greeting.to(").contains("Says hello to somebody.")) {
      assertThat(System.nanoTime() - start).as("patience").isLessThan(60_000_000_000L);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void thatNobodyHasIsNotMissed() {
    session.run("%maven test:greeting:1\nlib.Greeting.to(\"you\")").shows("Hello, you");
    assertThat(inspect("lib.Greeting.to(")).contains("String Greeting.to(String");
    assertThat(session.run("1 + 1").value()).isEqualTo(Map.of("text/plain", "2"));
  }
}
