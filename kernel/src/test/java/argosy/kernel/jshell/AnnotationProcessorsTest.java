package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.magic.BuiltInMagics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Libraries such as Lombok, which work through an annotation processor.
@Timeout(120)
class AnnotationProcessorsTest {

  /// Writes a class of its own for each type with its annotation.
  private static final String PROCESSOR =
      """
      package gen;
      import java.io.*;
      import java.util.*;
      import javax.annotation.processing.*;
      import javax.lang.model.SourceVersion;
      import javax.lang.model.element.*;
      @SupportedAnnotationTypes("gen.Greeter.Greeted")
      public class Greeter extends AbstractProcessor {
        public @interface Greeted {}
        @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
        public @interface Seen {}
        @Override public SourceVersion getSupportedSourceVersion() { return SourceVersion.latest(); }
        @Override public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) {
          for (Element type : round.getElementsAnnotatedWith(Greeted.class)) {
            String name = type.getSimpleName() + "Greeting";
            try (Writer file = processingEnv.getFiler().createSourceFile("people." + name).openWriter()) {
              file.write("package people; class " + name + " { static String text = \\"hello\\"; }");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          return true;
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void runInACellThatIsAFileAndAreMissedInAnyOther() throws IOException {
    Path jar = folder.resolve("greeter.jar");
    ClassJar.write(
        jar,
        PROCESSOR,
        Map.of("META-INF/services/javax.annotation.processing.Processor", "gen.Greeter\n"));
    try (TestSession session = TestSession.open(new BuiltInMagics())) {
      session.run("%jars " + jar + "\nimport gen.Greeter;").succeeds();
      session
          .run("@Greeter.Greeted class Ann { int age; }")
          .succeeds()
          .notes(
              "no annotation processor runs here for @Greeted. ",
              "starts with package p;",
              "import p.Ann");
      assertThat(
              session
                  .run(
                      "@Greeter.Seen class Bob { @Override public String toString() { return \"\"; } }")
                  .io()
                  .err())
          .isEmpty();
      session
          .run(
              """
              package people;
              import gen.Greeter;
              @Greeter.Greeted public class Cid { public String hi() { return CidGreeting.text; } }
              """)
          .succeeds()
          .notesNothing();
      session.run("new people.Cid().hi()").shows("hello");
    }
  }
}
