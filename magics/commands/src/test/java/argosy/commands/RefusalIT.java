package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What cannot ship is refused by the cell that wants it to, with the way to it and a way around
/// it, and the workers hear nothing of it.
@Timeout(300)
class RefusalIT {

  @TempDir static Path folder;
  private static Notebook notebook;

  @BeforeAll
  static void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 1").shown();
    notebook.run("record Box(Object content) {}").showsNothing();
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  static Stream<Arguments> things() {
    return Stream.of(
        Arguments.of("new Thread()", "java.lang.Thread", "start threads inside the task"),
        Arguments.of("Executors.newCachedThreadPool()", "ThreadPoolExecutor", "inside the task"),
        Arguments.of("new Timer(true)", "java.util.Timer", "inside the task"),
        Arguments.of("new CountDownLatch(1)", "CountDownLatch", "threads of one process"),
        Arguments.of("new CompletableFuture<Integer>()", "CompletableFuture", "join()"),
        Arguments.of("new Socket()", "java.net.Socket", "open it inside the task"),
        Arguments.of("new ServerSocket()", "java.net.ServerSocket", "open it inside the task"),
        Arguments.of(
            "java.net.http.HttpClient.newHttpClient()",
            "java.net.http.HttpClient (jdk.internal.net.http.HttpClientFacade)",
            "inside the task"),
        Arguments.of("java.nio.channels.Selector.open()", "Selector", "inside the task"),
        Arguments.of("new FileInputStream(\"/dev/null\")", "FileInputStream", "inside the task"),
        Arguments.of(
            "new BufferedReader(new FileReader(\"/dev/null\"))", "FileInputStream", "inside"),
        Arguments.of("new RandomAccessFile(\"/dev/null\", \"r\")", "RandomAccessFile", "inside"),
        Arguments.of("FileSystems.getDefault().newWatchService()", "WatchService", "inside"),
        Arguments.of("new ProcessBuilder(\"true\").start()", "ProcessImpl", "inside the task"),
        Arguments.of("getClass().getClassLoader()", "ClassLoader", "workers load classes"),
        Arguments.of("String.class.getModule()", "java.lang.Module", "workers load classes"),
        Arguments.of("List.of(1).stream()", "java.util.stream.", "capture the collection"),
        Arguments.of("new ArrayList<>(List.of(1)).iterator()", "Itr", "make the iterator inside"),
        Arguments.of("new Scanner(System.in)", "java.util.Scanner", ""),
        Arguments.of("java.lang.foreign.Arena.ofConfined().allocate(8)", "MemorySegment", "copy"),
        Arguments.of("java.lang.invoke.MethodHandles.lookup()", "Lookup", "capture a lambda"),
        Arguments.of("String.class.getMethod(\"length\")", "reflect.Method", "capture a lambda"),
        Arguments.of("new java.util.zip.Inflater()", "Inflater", "copy the content"),
        Arguments.of("javax.crypto.Cipher.getInstance(\"AES\")", "Cipher", "inside the task"),
        Arguments.of("javax.crypto.KeyGenerator.getInstance(\"AES\")", "KeyGenerator", "create it"),
        Arguments.of("new DelayQueue<Delayed>()", "DelayQueue", "threads of one process"),
        Arguments.of("Runtime.getRuntime()", "java.lang.Runtime", "inside the task"),
        Arguments.of("new javax.swing.JPanel()", "javax.swing.JPanel", "build the picture here"),
        Arguments.of(
            "jdk.jshell.JShell.builder().executionEngine(\"local\").build()",
            "jdk.jshell.JShell",
            "the session itself"),
        Arguments.of("java.lang.ref.Cleaner.create()", "Cleaner", "inside the task"),
        Arguments.of(
            "javax.crypto.Mac.getInstance(\"HmacSHA256\")",
            "inside javax.crypto.Mac -> java.",
            "create it inside the task"),
        Arguments.of(
            "java.security.Signature.getInstance(\"SHA256withRSA\")",
            "inside java.security.Signature -> java.util.Iterator",
            "create it inside the task"),
        Arguments.of(
            "new java.util.concurrent.atomic.AtomicReference<>(List.of(1).iterator())",
            "inside java.util.concurrent.atomic.AtomicReference -> java.util.Iterator",
            "capture the collection"),
        Arguments.of(
            "Files.newInputStream(Path.of(\"/dev/null\"))",
            "inside java.io.InputStream -> java.nio.channels.Channel (sun.nio.ch.FileChannelImpl)",
            "open it inside the task"),
        Arguments.of(
            "java.lang.management.ManagementFactory.getRuntimeMXBean()",
            "java.lang.management.PlatformManagedObject (sun.management.RuntimeImpl)",
            "create it inside the task"),
        Arguments.of("argosy.Engine.current()", "argosy.engine.", "the session itself"),
        Arguments.of(
            "new ExecutorCompletionService<>(Parallel.executor())",
            "java.util.concurrent.ExecutorCompletionService",
            "inside the task"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("things")
  void isRefusedWithItsPathAndARemedy(String expression, String type, String remedy) {
    notebook.run("Object thing = " + expression.replace("getClass()", "Box.class") + ";");
    notebook.run(
        "Map<String, List<Box>> pool = Map.of(\"main\", List.of(new Box(1), new Box(thing)));");
    String before = notebook.run("%workers").shown().replaceAll("\\d+ MB", "");

    Notebook.Ran ran = notebook.run("Parallel.submit(() -> pool.size())");

    ran.says(
        "NotShippableException",
        "task -> variable pool -> value of key \"main\" -> element[1] -> field content -> ",
        type,
        ": ",
        remedy);
    assertThat(notebook.run("%workers").shown().replaceAll("\\d+ MB", "")).isEqualTo(before);
  }

  @Test
  void startsNoWorkerForWhatItRefuses() {
    notebook.run("%workers 0").shown();
    notebook.run("Object thread = new Thread();");
    notebook.run("Parallel.map(List.of(1), x -> thread.hashCode())").says("variable thread");
    assertThat(notebook.run("%workers").shown()).startsWith("No workers run");
    notebook.run("Parallel.map(List.of(1), x -> x + 1)").shows("[2]");
  }

  @Test
  void aListOfAMillionLinksShips() {
    notebook
        .run(
            "class Link { int n; Link next; Link(int n, Link next) { this.n = n; this.next = next; } }")
        .showsNothing();
    notebook.run("Link head = null; for (int i = 0; i < 1_000_000; i++) head = new Link(i, head);");
    notebook
        .run(
            "Parallel.submit(() -> { long s = 0; for (Link l = head; l != null; l = l.next) s += l.n; return s; }).get()")
        .shows("499999500000");
    notebook.run("int length(Link l) { int n = 0; for (; l != null; l = l.next) n++; return n; }");
    notebook.run("length(Parallel.submit(() -> head).get())").shows("1000000");
  }

  @Test
  void whatTasksChangeInTheProcessIsPutBack() {
    notebook
        .run(
            """
            String mark() { return Locale.getDefault() + TimeZone.getDefault().getID() + System.getProperty("argosy.suite") + Thread.currentThread().getContextClassLoader().getClass().getSimpleName(); }
            Parallel.map(List.of(1, 2, 3), x -> {
              String before = mark();
              Locale.setDefault(Locale.JAPAN);
              TimeZone.setDefault(TimeZone.getTimeZone("GMT+9"));
              System.setProperty("argosy.suite", "changed");
              System.setOut(new PrintStream(OutputStream.nullOutputStream()));
              Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
              return before;
            }).stream().distinct().count()
            """)
        .shows("1");
    assertThat(notebook.run("Parallel.submit(() -> System.out.println(\"heard\")).get();").out())
        .contains("heard");
  }
}
