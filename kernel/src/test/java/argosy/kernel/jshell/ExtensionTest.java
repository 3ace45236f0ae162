package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExtensionTest {

  private final Probe probe = new Probe();
  private final TestSession session = TestSession.open(probe);

  @AfterEach
  void close() {
    session.close();
  }

  /// An extension whose magics are lambdas.
  private static final class Probe implements KernelExtension {

    private @Nullable KernelContext kernel;
    private boolean closed;

    KernelContext kernel() {
      return Objects.requireNonNull(kernel);
    }

    void magic(String name, Magic.Kind kind, Body body) {
      kernel().register(new Written(name, kind, body));
    }

    @Override
    public void start(KernelContext started) {
      kernel = started;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @FunctionalInterface
  private interface Body {
    @Nullable Object run(MagicCall call) throws Exception;
  }

  private record Written(String name, Magic.Kind kind, Body body) implements Magic {

    @Override
    public String summary() {
      return "a magic of a test";
    }

    @Override
    public String usage() {
      return "%" + name + " [--loud] WORD";
    }

    @Override
    public @Nullable Object run(MagicCall call) throws Exception {
      return body.run(call);
    }
  }

  @Nested
  class AMagic {

    @Test
    void runsAmongJava() {
      List<MagicCall> calls = new ArrayList<>();
      probe.magic(
          "note",
          Magic.Kind.LINE,
          call -> {
            calls.add(call);
            return null;
          });
      session.run("int a = 1;\n%note x/*.jar \"y z\"\nint b = a + 1;\nb").shows("2");
      assertThat(calls).containsExactly(new MagicCall("x/*.jar \"y z\"", "", false, 2));
    }

    @Test
    void doesNotRunIfItIsAskedHow() {
      probe.magic(
          "never",
          Magic.Kind.LINE_AND_CELL,
          _ -> {
            throw new AssertionError();
          });
      String help = "a magic of a test\n\n%never [--loud] WORD\n";
      session.run("%never --help").prints(help);
      session.run("%%never --help").prints(help);
      session.run("%%never  --help \nbody").prints(help);
    }

    @Test
    void mayHaveAValue() {
      probe.magic("words", Magic.Kind.LINE, MagicCall::words);
      session.run("%words a b").shows("[a, b]");
      session.run("List<String> l = %words c \"d e\"\nl.size() + l.get(1)").shows("2d e");
      session
          .run("String f() {\n  List<String> m = %words f g;\n  return m.get(1);\n}\nf()")
          .shows("g");
    }

    @Test
    void mayTakeTheWholeCell() {
      probe.magic(
          "shout",
          Magic.Kind.CELL,
          call -> call.body().toUpperCase(java.util.Locale.ROOT) + call.arguments());
      session.run("// comment\n%%shout !\nthis { is not Java\n").shows("THIS { IS NOT JAVA\n!");
      session.run("%shout x").fails("UsageError").says("is a cell magic");
      session.run("int x = 1;\n%%shout\ny").fails("UsageError").says("must be the first line");
    }

    @Test
    void thatIsUnknownRunsNothing() {
      probe.magic("words", Magic.Kind.LINE, MagicCall::words);
      session
          .run("System.out.print(1);\n%wrods a")
          .fails("UsageError")
          .says("there is no magic %wrods", "%words", "line 2")
          .prints("");
    }

    @Test
    void thatIsCalledWronglyShowsItsUsage() {
      probe.magic(
          "strict",
          Magic.Kind.LINE,
          call -> {
            throw new MagicUsageException("a word is missing");
          });
      session
          .run("int a = 1;\n%strict")
          .fails("UsageError")
          .says("%strict: a word is missing", "[--loud] WORD")
          .doesNotSay("at ");
      session.run("var v = %strict\n").fails("UsageError").says("%strict: a word is missing");
      session.run("a").shows("1");
    }

    @Test
    void mayFail() {
      probe.magic(
          "fail",
          Magic.Kind.LINE,
          call -> {
            throw new IOException("no network");
          });
      session
          .run("%fail")
          .fails("java.io.IOException")
          .says("no network")
          .doesNotSay("ExtensionTest");
    }

    @Test
    void isExplained() {
      probe.magic("words", Magic.Kind.LINE, MagicCall::words);
      assertThat(session.run("%words?").showsNothing().io().displayed())
          .singleElement()
          .satisfies(bundle ->
              assertThat(String.valueOf(bundle.get("text/plain")))
                  .contains("a magic of a test", "[--loud] WORD"));
    }

    @Test
    void givesWayToWhatJavaCallsSo() {
      probe.magic("words", Magic.Kind.LINE, MagicCall::words);
      assertThat(help("words?")).contains("a magic of a test");
      session.run("/// Counts.\nclass Words {}");
      assertThat(help("Words?")).contains("Counts.").doesNotContain("a magic of a test");
      assertThat(help("words?")).contains("a magic of a test");
      assertThat(help("%Words?")).contains("a magic of a test");
    }

    private String help(String question) {
      return String.valueOf(session.run(question).io().displayed().getFirst().get("text/plain"));
    }
  }

  @Nested
  class EvaluatedCode {

    @Test
    void sharesVariablesAndThread() {
      List<Thread> threads = new ArrayList<>();
      probe.magic(
          "do",
          Magic.Kind.LINE_AND_CELL,
          call -> {
            threads.add(Thread.currentThread());
            return probe
                .kernel()
                .evaluate(
                    call.isCell() ? call.body() : call.arguments(),
                    call.line() + (call.isCell() ? 1 : 0));
          });
      session.run("int a = 20;\nThread mine = Thread.currentThread();");
      session.run("%do a * 2 + 2").shows("42");
      session.run("%%do\nint b = a + 1;\nThread its = Thread.currentThread();\nb").shows("21");
      session.run("b + \" \" + (mine == its)").shows("21 true");
      session.run("int c = %do b + 1\nc").shows("22");
      assertThat(threads).hasSize(3);
    }

    @Test
    void namesTheLinesOfTheCell() {
      probe.magic(
          "do", Magic.Kind.CELL, call -> probe.kernel().evaluate(call.body(), call.line() + 1));
      session
          .run("// comment\n%%do\nint ok = 1;\nint[] none = new int[0]; none[ok] = 2;")
          .fails("java.lang.ArrayIndexOutOfBoundsException")
          .says("line 4", "none[ok] = 2");
      session
          .run("%%do\n\nint x = \"text\";")
          .fails("CompilationError")
          .says("line 3", "    int x = \"text\";");
    }

    @Test
    void quotesWhatTheUserWroteOfWhatTheMagicMadeOfIt() {
      probe.magic(
          "call",
          Magic.Kind.LINE_AND_CELL,
          call ->
              probe
                  .kernel()
                  .evaluate(
                      "var made = Optional.of("
                          + call.arguments()
                          + ").map(i -> {\n"
                          + call.body()
                          + "\n});",
                      call.line()));
      session
          .run("int a = 1;\n%call bad")
          .fails("CompilationError")
          .says("line 2: cannot find symbol", "    %call bad\n          ^^^");
      session
          .run("%%call call + i\nreturn i;\n")
          .says("line 1: cannot find symbol", "    %%call call + i\n           ^^^^");
      session
          .run("%%call 1 + i\nreturn i;\n")
          .says("line 1: cannot find symbol", "    %%call 1 + i\n               ^");
      session
          .run("%%call 1\n  int j = i;\n  return j +\n\n")
          .fails("SyntaxError")
          .says("line 3: ", "(the code ends here)", "      return j +\n                ^");
      session
          .run("%%call 1\nint made = 2;\nreturn made * wrong;")
          .says("line 3: cannot find symbol", "    return made * wrong;\n                  ^^^^^");
    }

    @Test
    void quotesWhatStandsBeforeAPercentSign() {
      probe.magic(
          "return",
          Magic.Kind.CELL,
          call ->
              probe
                  .kernel()
                  .evaluate(
                      "Supplier<Integer> made = () -> {\nreturn " + call.body() + ";\n};",
                      call.line()));
      session
          .run("%%return\nwrong %d + 1")
          .fails("CompilationError")
          .says("line 2: cannot find symbol", "    wrong %d + 1\n    ^^^^^\n");
    }

    @Test
    void quotesAPlaceBetweenWhatTheUserWrote() {
      probe.magic(
          "do", Magic.Kind.LINE, call -> probe.kernel().evaluate(call.arguments(), call.line()));
      session
          .run("%do 1 +")
          .fails("SyntaxError")
          .says("line 1: illegal start of expression", "    %do 1 +\n           ^");
    }

    @Test
    void quotesAllThatTheUserWroteOfWhatIsNotTheirs() {
      probe.magic(
          "call",
          Magic.Kind.LINE,
          call ->
              probe
                  .kernel()
                  .evaluate("int made = String.valueOf(" + call.arguments() + ");", call.line()));
      session
          .run("%call \"a\" + 1")
          .fails("CompilationError")
          .says("line 1: incompatible types", "    %call \"a\" + 1\n          ^^^^^^^");
    }

    @Test
    void throwsWhatTheCodeThrows() {
      probe.magic(
          "catch",
          Magic.Kind.LINE,
          call -> {
            try {
              return probe.kernel().evaluate(call.arguments(), call.line());
            } catch (IllegalStateException e) {
              return "caught " + e.getMessage();
            }
          });
      session.run("%catch if (true) throw new IllegalStateException(\"it\");").shows("caught it");
    }

    @Test
    void isInterruptedWithItsCell() {
      probe.magic(
          "do", Magic.Kind.LINE, call -> probe.kernel().evaluate(call.arguments(), call.line()));
      TestSession.Running cell =
          session.start("%do { System.out.println(\"go\"); while (true) {} }");
      cell.untilItPrints("go");
      session.interpreter().interrupt();
      cell.end().fails("Interrupted");
      session.run("1").shows("1");
    }
  }

  @Nested
  class TheContext {

    @Test
    void readsVariables() {
      session.run("int a = 5; String s = null;");
      assertThat(probe.kernel().variable("a")).isEqualTo(5);
      assertThat(probe.kernel().variable("s")).isNull();
      assertThat(probe.kernel().variable("nothing")).isNull();
    }

    @Test
    void showsTheBytecodeOfCellsAsCompiled() throws ClassNotFoundException {
      session.run(
          "class Point { static int made = 0; int x; Point() { made++; } }\nPoint p = null;\nRunnable r = () -> System.out.println(p);");
      Class<?> point =
          session.run("Point.class").value() == null ? Object.class : classOf("Point.class");
      byte[] bytes = probe.kernel().classes().bytes(point).orElseThrow();
      assertThat(ClassFile.of().verify(bytes)).isEmpty();
      assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("StopChecks", "Woven")
          .contains("Cell [1]");
      assertThat(probe.kernel().classes().bytes(String.class)).isEmpty();
      assertThat(probe.kernel().classes().named(point.getName())).containsExactly(point);
      assertThat(Class.forName(point.getName(), false, probe.kernel().classes().loader()))
          .isSameAs(point);
    }

    private Class<?> classOf(String expression) {
      session.run("Class<?> found = " + expression + ";");
      return (Class<?>) Objects.requireNonNull(probe.kernel().variable("found"));
    }

    @Test
    void knowsWhetherAClassIsInitialised() {
      session.run(
          "class Lazy { static int n = Integer.parseInt(\"4\"); static int get() { return n; } }\nclass Plain { static int n; }");
      Class<?> lazy = classOf("Lazy.class");
      assertThat(probe.kernel().classes().isInitialized(lazy)).isFalse();
      assertThat(probe.kernel().classes().isInitialized(classOf("Plain.class"))).isTrue();
      session.run("Lazy.get()").shows("4");
      assertThat(probe.kernel().classes().isInitialized(lazy)).isTrue();
    }

    @Test
    void showsTheBytecodeOfNow() {
      session.run("int f() { return 1; }");
      session.run("int f() { return 77777; }");
      Class<?> wrapper = probe.kernel().classes().named("REPL.$JShell$1").getFirst();
      byte[] bytes = probe.kernel().classes().bytes(wrapper).orElseThrow();
      assertThat(ClassFile.of().parse(bytes).toDebugString()).contains("77777");
    }

    @Test
    void addsToTheClassPath(@TempDir Path folder) throws IOException {
      Path jar = folder.resolve("lib.jar");
      ClassJar.write(
          jar,
          "package lib; public class Greeter { public static String greet() { return \"hello\"; } }");
      List<List<Path>> added = new ArrayList<>();
      probe.kernel().classPath().onAdd(added::add);
      probe.magic(
          "add",
          Magic.Kind.LINE,
          call -> {
            probe.kernel().classPath().add(List.of(Path.of(call.arguments())));
            return null;
          });
      session.run("%add " + jar + "\nimport lib.Greeter;\nGreeter.greet()").shows("hello");
      session.run("import lib.*;\nGreeter.greet()").shows("hello");
      assertThat(added).containsExactly(List.of(jar));
      assertThat(probe.kernel().classPath().entries()).containsExactly(jar);
      session
          .run("System.getProperty(\"java.class.path\").endsWith(\"" + jar.getFileName() + "\")")
          .shows("true");
      assertThatThrownBy(() -> probe.kernel().classPath().add(List.of(folder.resolve("none.jar"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("none.jar");
    }

    @Test
    void addsImportsThatTheUsersOwnGoBefore() {
      probe.kernel().addImport("import java.util.zip.*;");
      probe.kernel().addImport("import static java.lang.Math.*;");
      probe.kernel().addImport("import java.util.jar.Attributes;");
      session.run("new CRC32().getValue() + max(1, 2) + new Attributes().size()").shows("2");
      session
          .run(
              "int max(int a, int b) { return -1; }\nclass CRC32 { public String toString() { return \"mine\"; } }\nmax(1, 2) + \"\" + new CRC32()")
          .shows("-1mine");
    }

    @Test
    void writesToTheCellThatRuns() {
      probe.magic(
          "say",
          Magic.Kind.LINE,
          call -> {
            probe.kernel().currentCell().stdout(call.arguments());
            return null;
          });
      session.run("%say hi").prints("hi");
      assertThat(probe.kernel().currentCell().number()).isEqualTo(1);
    }

    @Test
    void rendersTypesInAWayOfTheirOwn() {
      probe
          .kernel()
          .render(StringBuilder.class, value -> Map.of("text/html", "<b>" + value + "</b>"));
      session.run("new StringBuilder(\"x\")").shows("text/html", "<b>x</b>").shows("x");
    }

    @Test
    void stopsOneThreadAndOnlyThat() throws InterruptedException {
      session
          .run(
              "import java.util.concurrent.atomic.*;\nAtomicBoolean over = new AtomicBoolean();\nCountDownLatch started = new CountDownLatch(2);\nRunnable spin = () -> { started.countDown(); while (!over.get()) {} };\nThread one = new Thread(spin), two = new Thread(spin);\none.start(); two.start();")
          .succeeds();
      ((CountDownLatch) Objects.requireNonNull(probe.kernel().variable("started"))).await();
      Thread one = (Thread) Objects.requireNonNull(probe.kernel().variable("one"));
      Thread two = (Thread) Objects.requireNonNull(probe.kernel().variable("two"));
      probe.kernel().stop(one);
      one.join();
      assertThat(two.isAlive()).isTrue();
      probe.kernel().withdrawStop(one);
      session.run("over.set(true); two.join();").succeeds();
    }

    @Test
    void forgetsAStopThatWasTakenBack() {
      session.run("Thread mine = Thread.currentThread();");
      Thread mine = (Thread) Objects.requireNonNull(probe.kernel().variable("mine"));
      probe.kernel().stop(mine);
      probe.kernel().withdrawStop(mine);
      session.run("int n = 0; for (int i = 0; i < 10; i++) n += i;\nn").shows("45");
    }

    @Test
    void listsTheMagicsAndClosesItsExtensions() {
      probe.magic("b", Magic.Kind.LINE, call -> null);
      probe.magic("a", Magic.Kind.LINE, call -> null);
      assertThat(probe.kernel().magics()).extracting(Magic::name).containsExactly("a", "b");
      session.close();
      session.close();
      assertThat(probe.closed).isTrue();
      session.run("1").fails("SessionClosed");
    }
  }
}
