package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompilerMessagesTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void callAnonymousClassesSo() {
    session.run("var odd = new Object() { int k = 1; };").succeeds();
    session
        .run("String s = odd;")
        .says("incompatible types: <anonymous class> cannot be converted to java.lang.String");
    session.run("odd.foo()").says("location: variable odd of type <anonymous class>");
    session.run("Runnable r = new Runnable() { };").says("<anonymous class> is not abstract");
    session.run("class In { Runnable r = new Runnable() {}; }").says("<anonymous class in In> is");
    session
        .run("package bare;\npublic class In { Runnable r = new Runnable() {}; }")
        .says("<anonymous class in bare.In> is not abstract");
    session.run("$7.length()").says("variable $7");
  }

  @Test
  void nameAnAnnotationOfAVariableThatNobodyKnows() {
    session
        .run("System.out.print(1);\nfinal @Foo(1) int lost = 1;")
        .fails("CompilationError")
        .says("line 2: cannot find symbol", "           ^^^\n", "symbol:   class Foo")
        .prints("1");
    session.run("lost").fails("CompilationError");
    session.run("@Retention int kept = 1;").says("import java.lang.annotation.Retention;");
    session.run("@interface Mine { String[] value(); }").succeeds();
    session.run("@Mine({\")\", \"\"})\n@SuppressWarnings(\"all\") int kept = 1; kept").shows("1");
    session.run("@interface Late { }\n@Late @java.lang.Deprecated int late = 2;\nlate").shows("2");
  }
}
