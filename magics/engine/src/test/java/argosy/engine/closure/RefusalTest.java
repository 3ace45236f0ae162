package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.NotShippableException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What cannot ship is named with its path, before anything is sent.
class RefusalTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  static Stream<Arguments> things() {
    return Stream.of(
        Arguments.of("new Thread()", "java.lang.Thread"),
        Arguments.of("Thread.ofVirtual().unstarted(() -> {})", "java.lang.Thread ("),
        Arguments.of("Executors.newCachedThreadPool()", "java.util.concurrent.ThreadPoolExecutor"),
        Arguments.of("ForkJoinPool.commonPool()", "java.util.concurrent.ForkJoinPool"),
        Arguments.of("new Timer(true)", "java.util.Timer"),
        Arguments.of("new CompletableFuture<Integer>()", "java.util.concurrent.CompletableFuture"),
        Arguments.of("new FutureTask<>(() -> 1)", "java.util.concurrent.FutureTask"),
        Arguments.of("new CountDownLatch(1)", "java.util.concurrent.CountDownLatch"),
        Arguments.of("new CyclicBarrier(1)", "java.util.concurrent.CyclicBarrier"),
        Arguments.of("new Exchanger<String>()", "java.util.concurrent.Exchanger"),
        Arguments.of("new Socket()", "java.net.Socket"),
        Arguments.of("new ServerSocket()", "java.net.ServerSocket"),
        Arguments.of("new DatagramSocket()", "java.net.DatagramSocket"),
        Arguments.of("java.net.http.HttpClient.newHttpClient()", "HttpClient"),
        Arguments.of(
            "URI.create(\"http://localhost/\").toURL().openConnection()", "HttpURLConnection"),
        Arguments.of("java.nio.channels.SocketChannel.open()", "SocketChannel"),
        Arguments.of("java.nio.channels.Selector.open()", "Selector"),
        Arguments.of("new FileInputStream(\"/dev/null\")", "java.io.FileInputStream"),
        Arguments.of(
            "new BufferedReader(new FileReader(\"/dev/null\"))", "java.io.FileInputStream"),
        Arguments.of(
            "new PrintWriter(new FileOutputStream(\"/dev/null\"))", "java.io.FileOutputStream"),
        Arguments.of("new RandomAccessFile(\"/dev/null\", \"r\")", "java.io.RandomAccessFile"),
        Arguments.of("new PipedInputStream()", "java.io.PipedInputStream"),
        Arguments.of("java.nio.channels.FileChannel.open(Path.of(\"/dev/null\"))", "FileChannel"),
        Arguments.of("FileSystems.getDefault().newWatchService()", "WatchService"),
        Arguments.of("FileSystems.getDefault()", "FileSystem"),
        Arguments.of("new ProcessBuilder(\"true\").start()", "java.lang.ProcessImpl"),
        Arguments.of("ProcessHandle.current()", "ProcessHandle"),
        Arguments.of("ClassLoader.getSystemClassLoader()", "ClassLoader"),
        Arguments.of("String.class.getModule()", "java.lang.Module"),
        Arguments.of("List.of(1).stream()", "java.util.stream."),
        Arguments.of("IntStream.range(0, 3)", "java.util.stream."),
        Arguments.of("new ArrayList<>(List.of(1)).iterator()", "java.util.ArrayList$Itr"),
        Arguments.of("List.of(1).spliterator()", "Spliterator"),
        Arguments.of("new Vector<>(List.of(1)).elements()", "java.util.Vector$"),
        Arguments.of("new Scanner(System.in)", "java.util.Scanner"),
        Arguments.of("java.lang.foreign.Arena.ofConfined().allocate(8)", "MemorySegment"),
        Arguments.of("java.lang.foreign.Arena.ofConfined()", "java.lang.foreign.Arena"),
        Arguments.of("java.lang.invoke.MethodHandles.lookup()", "Lookup"),
        Arguments.of("String.class.getMethod(\"length\")", "java.lang.reflect.Method"),
        Arguments.of("new java.util.zip.Inflater()", "java.util.zip.Inflater"),
        Arguments.of("javax.crypto.Cipher.getInstance(\"AES\")", "javax.crypto.Cipher"),
        Arguments.of("Runtime.getRuntime()", "java.lang.Runtime"),
        Arguments.of("new Semaphore(2)", "java.util.concurrent.Semaphore: each worker would"),
        Arguments.of(
            "new ReentrantLock()", "java.util.concurrent.locks.ReentrantLock: each worker"),
        Arguments.of("new ReentrantLock().newCondition()", "ConditionObject: each worker"),
        Arguments.of("new ReentrantReadWriteLock().readLock()", "ReadLock: each worker"),
        Arguments.of("new ReentrantReadWriteLock()", "ReentrantReadWriteLock: each worker"),
        Arguments.of("new StampedLock()", "StampedLock: each worker"),
        Arguments.of("new Lock[] {new ReentrantLock()}", "its elements -> java.util.concurrent"),
        Arguments.of("Map.of(1, new ReentrantLock())", "its elements -> java.util.concurrent"),
        Arguments.of("held()", "java.util.concurrent.locks.ReentrantLock"));
  }

  @ParameterizedTest
  @MethodSource("things")
  void namesTheVariableTheThingAndARemedy(String expression, String type) {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "java.util.concurrent.locks.ReentrantLock held() { var l = new"
            + " java.util.concurrent.locks.ReentrantLock(); l.lock(); return l; }",
        "import java.nio.file.*; import java.util.concurrent.locks.*;",
        "var conn = " + expression + ";");
    Object function = NOTEBOOK.run("Function<Integer, Object> f = x -> String.valueOf(conn);");

    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, function))
        .isInstanceOf(NotShippableException.class)
        .hasMessageStartingWith("task -> variable conn -> ")
        .hasMessageContaining(type);
  }

  @Test
  void aLockIsRefusedWhereItStandsForItself() {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "import java.util.concurrent.locks.*;",
        "Function<Integer, Object> guarded(Lock lock) { return x -> { lock.lock(); return x; }; }");
    Object function = NOTEBOOK.run("guarded(new ReentrantLock())");
    Object identity = NOTEBOOK.run("Function<Lock, Object> f = lock -> lock.tryLock();");

    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, function))
        .hasMessageStartingWith(
            "task -> captured lock -> java.util.concurrent.locks.ReentrantLock: each worker would");
    assertThatThrownBy(
            () -> Shipment.of(NOTEBOOK, identity).run(NOTEBOOK.run("new ReentrantLock()")))
        .hasMessageStartingWith("input 7 -> java.util.concurrent.locks.ReentrantLock: ");
  }

  @Test
  void aLockThatBelongsToAnObjectTravelsWithIt() throws Throwable {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "import java.util.concurrent.locks.*;",
        "class Tally { private final Lock lock = new ReentrantLock(); static final Lock ALL = new"
            + " ReentrantLock(); int n; int add(int x) { ALL.lock(); lock.lock(); try { return n +="
            + " x; } finally { lock.unlock(); ALL.unlock(); } } }",
        "Tally tally = new Tally(); var queue = new LinkedBlockingQueue<>(List.of(1));",
        "var list = new CopyOnWriteArrayList<>(List.of(2));",
        "var all = Collections.synchronizedList(new ArrayList<>(List.of(4)));",
        "var map = new ConcurrentHashMap<>(Map.of(8, 8));");
    Object function =
        NOTEBOOK.run(
            "Function<Integer, Object> f = x -> tally.add(x) + queue.poll() + list.get(0) +"
                + " all.get(0) + map.get(8);");

    assertThat(Shipment.of(NOTEBOOK, function).run(16)).isEqualTo(31);
  }

  @Test
  void saysWhatToDoWithAFutureThatWasToRun() {
    NOTEBOOK.forget();
    NOTEBOOK.run("Future<Integer> future = new FutureTask<>(() -> 1);");
    Object function = NOTEBOOK.run("Function<Integer, Object> f = x -> future;");

    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, function))
        .hasMessageContaining("FutureTask: give it to Parallel.executor().execute");
  }

  @Test
  void tellsTheWholePath() {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "class Wrapper { Object delegate; Wrapper(Object d) { delegate = d; } }",
        "Map<String, List<Wrapper>> pool = Map.of(\"main\", List.of(new Wrapper(1), new Wrapper(new Socket())));");
    Object function = NOTEBOOK.run("Function<Integer, Object> f = x -> pool.size();");

    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, function))
        .hasMessageStartingWith(
            "task -> variable pool -> value of key \"main\" -> element[1] -> field delegate ->"
                + " java.net.Socket: ");
  }

  @Test
  void saysWhatThePlatformsObjectHoldsAndNotHow() {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "record Source(BufferedReader in) {}",
        "Source source = new Source(new BufferedReader(new FileReader(\"/dev/null\")));");
    Object function = NOTEBOOK.run("Function<Integer, Object> f = x -> source.in();");

    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, function))
        .hasMessageStartingWith(
            "task -> variable source -> field in -> inside java.io.BufferedReader ->"
                + " java.io.FileInputStream: open it inside the task");
  }

  @Test
  void refusesNativeMethodsThatTheTaskMayCallOnly() throws Throwable {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "class Fast { static native int sum(int[] a); static int plain(int x) { return x + 1; }"
            + " static int both(int x) { return x > 0 ? x : sum(null); } }");
    Object plain = NOTEBOOK.run("Callable<Object> f = () -> Fast.plain(1);");
    Object both = NOTEBOOK.run("Callable<Object> g = () -> Fast.both(1);");

    assertThat(Shipment.of(NOTEBOOK, plain).run()).isEqualTo(2);
    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, both))
        .isInstanceOf(NotShippableException.class)
        .hasMessageStartingWith("task -> Fast -> native method sum: ")
        .hasMessageContaining("%jars");
  }

  @Test
  void namesCapturedLocals() {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "Callable<Object> make(long id, Object[] list) { return () -> id + list.length; }");
    Object function = NOTEBOOK.run("make(3L, new Object[] { 1, new Socket() })");

    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, function))
        .hasMessageStartingWith("task -> captured list -> element[1] -> java.net.Socket: ");
  }

  @Test
  void namesTheEnclosingObjectAndStatics() {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "class Outer { Thread t = new Thread(); Callable<Object> inner() { return new Callable<>() { public Object call() { return Outer.this; } }; } }",
        "class Config { static Object source = new Socket(); }",
        "Object o = Config.source;");
    Object inner = NOTEBOOK.run("Callable<Object> c = new Outer().inner();");
    Object statics = NOTEBOOK.run("Callable<Object> d = () -> Config.source;");

    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, inner))
        .hasMessageStartingWith("task -> enclosing object -> field t -> java.lang.Thread: ");
    assertThatThrownBy(() -> Shipment.of(NOTEBOOK, statics))
        .hasMessageStartingWith("task -> static Config.source -> java.net.Socket: ");
  }

  @Test
  void refusesAnInputAndGoesOnWithTheNext() throws Throwable {
    NOTEBOOK.forget();
    Shipment shipment =
        Shipment.of(NOTEBOOK, NOTEBOOK.run("Function<Object, Object> f = x -> 1 + (Integer) x;"));

    assertThatThrownBy(() -> shipment.run(new Object[] {new Thread()}))
        .isInstanceOf(NotShippableException.class)
        .hasMessageStartingWith("input 7 -> element[0] -> java.lang.Thread: ");
    assertThat(shipment.run(4)).isEqualTo(5);
  }

  @Test
  void refusesAResultAndGoesOnWithTheNext() throws Throwable {
    NOTEBOOK.forget();
    Shipment shipment =
        Shipment.of(
            NOTEBOOK,
            NOTEBOOK.run("Function<Integer, Object> f = x -> x < 0 ? List.of(new Thread()) : x;"));

    assertThatThrownBy(() -> shipment.run(-1))
        .isInstanceOf(NotShippableException.class)
        .hasMessageContaining("result -> ")
        .hasMessageContaining("java.lang.Thread: ");
    assertThat(shipment.run(4)).isEqualTo(4);
  }

  @Test
  void doesNotCaptureWhatTheCodeDoesNotReach() throws Throwable {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "Thread t = new Thread();", "int ok = 3;", "int unused() { return t.hashCode(); }");
    Callable<?> function = (Callable<?>) NOTEBOOK.run("Callable<Object> f = () -> ok;");

    assertThat(Shipment.of(NOTEBOOK, function).run()).isEqualTo(3);
  }
}
