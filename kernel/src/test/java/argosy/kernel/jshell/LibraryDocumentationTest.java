package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.dependency.Dependencies;
import argosy.kernel.dependency.TestRepository;
import argosy.kernel.magic.BuiltInMagics;
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
