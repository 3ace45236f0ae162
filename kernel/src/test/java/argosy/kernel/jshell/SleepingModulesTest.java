package argosy.kernel.jshell;

import org.junit.jupiter.api.Test;

/// The module of vectors is one that Java starts without.
class SleepingModulesTest {

  private static final String ADVICE =
      "JDK_JAVA_OPTIONS=\"--add-modules jdk.incubator.vector\" in its environment";

  @Test
  void whatIsNotFoundIsSaidToBeThere() {
    try (TestSession session = TestSession.open()) {
      session
          .run("throw new NoClassDefFoundError(\"jdk/incubator/vector/ByteVector\");")
          .fails("java.lang.NoClassDefFoundError")
          .says(ADVICE);
      session
          .run(
              "throw new ExceptionInInitializerError(\"Exception java.lang.NoClassDefFoundError:"
                  + " jdk/incubator/vector/ByteVector [in thread \\\"a\\\"]\");")
          .fails("java.lang.ExceptionInInitializerError")
          .says(ADVICE);
      session
          .run("Class.forName(\"jdk.incubator.vector.ByteVector\")")
          .fails("java.lang.ClassNotFoundException")
          .says(ADVICE);
      session.run("import jdk.incubator.vector.ByteVector;").fails("CompilationError").says(ADVICE);
      session.run("import jdk.incubator.vector.*;").fails("CompilationError").says(ADVICE);
      session
          .run("throw new NoClassDefFoundError(\"org/example/Nothing\");")
          .fails("java.lang.NoClassDefFoundError")
          .doesNotSay("add-modules");
    }
  }
}
