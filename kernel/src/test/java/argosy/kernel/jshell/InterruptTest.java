package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.comm.Comms;
import argosy.kernel.extension.KernelExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InterruptTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
    session.run("import java.util.concurrent.locks.*;").succeeds();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "for (;;) { try { Thread.sleep(10); } catch (InterruptedException e) {} }",
        "while (true) { try { while (true) {} } catch (Throwable t) {} }",
        "Thread.sleep(1_000_000);",
        "new CountDownLatch(1).await();",
        "LongStream.range(0, Long.MAX_VALUE).filter(i -> i < 0).count();",
        "IntStream.range(0, 64).parallel().forEach(i -> { while (true) {} });",
        "int spin(int n) { return n == 0 ? spin(9) : spin(n - 1) + 0 * n; } while (true) { try {"
            + " spin(1); } catch (StackOverflowError e) {} }",
        "new Object() { void run() { do { } while (true); } }.run();",
        "Object o = new Object(); synchronized (o) { o.wait(); }",
      })
  void endsACell(String code) {
    TestSession.Running cell = session.start("System.out.println(\"go\");\n" + code);
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    cell.end().fails("Interrupted").says("Interrupted");
    session.run("1 + 1").shows("2");
  }

  @Test
  void namesTheLineThatWasRunning() {
    TestSession.Running cell = session.start("{ System.out.println(\"go\");\n\nwhile (true) {} }");
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    cell.end().says("line 3");
  }

  @Test
  void runsNothingOfTheCellAfterIt() {
    TestSession.Running cell =
        session.start(
            "System.out.println(\"go\"); try { Thread.sleep(100_000); } catch"
                + " (InterruptedException e) { }\nSystem.out.println(\"after\");");
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    TestSession.Ran ran = cell.end().fails("Interrupted");
    assertThat(ran.io().out()).doesNotContain("after");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "try { System.out.println(\"go\"); Thread.sleep(100_000); } catch (InterruptedException e)"
            + " { System.out.println(\"caught\"); }",
        "try { System.out.println(\"go\"); while (true) {} } catch (Throwable e) {"
            + " System.out.println(\"caught\"); }",
      })
  void isWhatEndsACellThatCatchesIt(String code) {
    TestSession.Running cell = session.start(code);
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    cell.end().fails("Interrupted").prints("go\ncaught\n");
    session.run("1 + 1").shows("2");
  }

  @Test
  void letsFinallyBlocksRun() {
    TestSession.Running cell =
        session.start(
            """
            try { System.out.println("go"); while (true) {} } finally {
              for (int i = 0; i < 3; i++) { System.out.println("finally " + i); }
            }
            """);
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    assertThat(cell.end().io().out()).contains("finally 2");
  }

  @Test
  void neverReachesALaterCell() {
    session.run("1").shows("1");
    session.interpreter().interrupt();
    session.run("Thread.interrupted()").shows("false");
    session.run("int sum = 0; for (int i = 0; i < 10; i++) { sum += i; } sum").shows("45");
  }

  @Test
  void endsTheThreadsThatTheCellHasStarted() {
    TestSession.Running cell =
        session.start(
            """
            Thread spinning = new Thread(() -> { while (true) {} });
            spinning.start();
            System.out.println("go");
            while (true) {}
            """);
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    cell.end().fails("Interrupted");
    session.run("spinning.join(); spinning.isAlive()").shows("false");
  }

  @Test
  void leavesThreadsOfEarlierCellsAlone() {
    session
        .run(
            """
            import java.util.concurrent.atomic.*;
            AtomicLong beats = new AtomicLong();
            AtomicBoolean over = new AtomicBoolean();
            Thread background = new Thread(() -> { while (!over.get()) { beats.incrementAndGet(); } });
            background.start();
            """)
        .succeeds();
    TestSession.Running cell = session.start("System.out.println(\"go\"); while (true) {}");
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    cell.end().fails("Interrupted");
    session
        .run("long then = beats.get(); while (beats.get() == then) {} background.isAlive()")
        .shows("true");
    session.run("over.set(true); background.join();").succeeds();
  }

  @Test
  void callsTheHooksOfExtensions() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    try (TestSession fresh = TestSession.open(kernel -> kernel.onInterrupt(called::countDown))) {
      TestSession.Running cell = fresh.start("{ System.out.println(\"go\"); while (true) {} }");
      cell.untilItPrints("go");
      assertThat(called.getCount()).isEqualTo(1);
      fresh.interpreter().interrupt();
      cell.end().fails("Interrupted");
      called.await();
    }
  }

  @Test
  void tellsTheHooksWhichCellItWasThoughAnotherOneRuns() throws InterruptedException {
    CountDownLatch nextHasRun = new CountDownLatch(1);
    BlockingQueue<Integer> numbers = new LinkedBlockingQueue<>();
    KernelExtension late =
        kernel ->
            kernel.onInterrupt(() -> {
              try {
                nextHasRun.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              numbers.add(kernel.currentCell().number());
            });
    try (TestSession fresh = TestSession.open(late)) {
      TestSession.Running cell = fresh.start("{ System.out.println(\"go\"); while (true) {} }");
      cell.untilItPrints("go");
      fresh.interpreter().interrupt();
      TestSession.Ran interrupted = cell.end().fails("Interrupted");
      fresh.run("1 + 1").shows("2");
      nextHasRun.countDown();
      assertThat(numbers.take()).isEqualTo(interrupted.io().number());
      assertThat(numbers.take()).as("once more at the end").isEqualTo(interrupted.io().number());
    }
  }

  /// `accept` takes no notice of interrupts.
  @Test
  void leavesAThreadBehindThatNothingEnds() {
    session.run(
        "int kept = 17; void forget() { kept = 0; } var server = new ServerSocket(0); int port = server.getLocalPort();");
    TestSession.Running cell =
        session.start("{ System.out.println(\"go\"); server.accept(); forget(); }");
    cell.untilItPrints("go");
    session.interpreter().interrupt();
    cell.end().fails("Interrupted").says("left behind", "line 1");
    session.run("kept").shows("17");
    session.run("new Socket(\"127.0.0.1\", port).close(); server.close(); kept").shows("17");
    session.run("int after = kept + 1; after").shows("18");
  }

  /// As a widget's handler is called, while no cell runs.
  @Test
  void endsAHandlerThatAnEarlierCellHasLeft() throws Exception {
    session
        .run(
"""
            import argosy.kernel.comm.Comms;
import argosy.kernel.extension.KernelExtension;
            volatile boolean turning = false;
            Runnable endless = () -> { turning = true; while (true) {} };
            Runnable waiting = () -> { turning = true; LockSupport.park(); endless.run(); };
            Comms.shared().register("turn", (comm, first) -> endless.run());
            Comms.shared().register("park", (comm, first) -> waiting.run());
""")
        .succeeds();
    for (String target : List.of("turn", "park")) {
      session.run("turning = false;").succeeds();
      Runnable handler = Objects.requireNonNull(Comms.shared().opened("c", target, Map.of()));
      FutureTask<Void> visit = new FutureTask<>(() -> session.interpreter().attend(handler), null);
      Thread.ofPlatform().daemon().start(visit);
      session.run("while (!turning) {}").succeeds();
      session.interpreter().interrupt();
      assertThatThrownBy(visit::get).cause().isInstanceOf(CancellationException.class);
      Comms.shared().closed("c").run();
    }
    session.run("int turns = 0; while (turns < 1_000) turns++; turns").shows("1000");
  }

  @Test
  void withNothingRunningDoesNothing() {
    try (TestSession fresh = TestSession.open()) {
      fresh.interpreter().interrupt();
      fresh.run("2 + 2").shows("4");
    }
  }
}
