package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.KernelExtension;
import argosy.kernel.interpreter.CellOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A session without Jupyter: `session.run("1 + 1").shows("2")`.
final class TestSession implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final JavaInterpreter interpreter;
  private int count;

  private TestSession(JavaInterpreter interpreter) {
    CellStreams.install();
    this.interpreter = interpreter;
  }

  static TestSession open(KernelExtension... extensions) {
    TestAgent.load();
    return new TestSession(JavaInterpreter.start(List.of(extensions)));
  }

  static TestSession openWithoutAgent() {
    return open(
        new Setup(() -> null, Foresight::of, CompilerOptions.NONE, StartUp.NONE, TimeLimit.NONE));
  }

  /// A session that compiles the snippets of a cell together, whatever this process is told.
  static TestSession openWithForesight(KernelExtension... extensions) {
    return open(foreseeing(CompilerOptions.NONE, StartUp.NONE, TimeLimit.NONE), extensions);
  }

  /// A session whose snippets JShell compiles itself, one by one.
  static TestSession openWithoutForesight(KernelExtension... extensions) {
    return open(
        new Setup(
            RedefinitionAgent::instrumentation,
            Foresight::none,
            CompilerOptions.NONE,
            StartUp.NONE,
            TimeLimit.NONE),
        extensions);
  }

  /// A session whose cells are compiled with options of `javac`.
  static TestSession openWith(String options) {
    return open(foreseeing(CompilerOptions.of(options), StartUp.NONE, TimeLimit.NONE));
  }

  /// A session that has something to do before its first cell.
  static TestSession openWith(StartUp startUp) {
    return open(foreseeing(CompilerOptions.NONE, startUp, TimeLimit.NONE));
  }

  /// A session whose statements may run for so long only.
  static TestSession openWith(TimeLimit timeLimit) {
    return open(foreseeing(CompilerOptions.NONE, StartUp.NONE, timeLimit));
  }

  private static Setup foreseeing(CompilerOptions options, StartUp startUp, TimeLimit timeLimit) {
    return new Setup(
        RedefinitionAgent::instrumentation, Foresight::of, options, startUp, timeLimit);
  }

  private static TestSession open(Setup setup, KernelExtension... extensions) {
    TestAgent.load();
    return new TestSession(JavaInterpreter.start(List.of(extensions), setup));
  }

  JavaInterpreter interpreter() {
    return interpreter;
  }

  /// Runs a cell to its end.
  Ran run(String code, String... input) {
    RecordingIo io = new RecordingIo(++count);
    for (String line : input) {
      io.type(line);
    }
    return new Ran(interpreter.execute(code, io), io);
  }

  /// Starts a cell and returns at once.
  Running start(String code) {
    RecordingIo io = new RecordingIo(++count);
    // Not on the common pool, which the cell itself may keep busy.
    CompletableFuture<CellOutcome> outcome = new CompletableFuture<>();
    Thread.startVirtualThread(() -> outcome.complete(interpreter.execute(code, io)));
    return new Running(outcome, io);
  }

  @Override
  public void close() {
    interpreter.close();
  }

  /// A cell that runs.
  record Running(CompletableFuture<CellOutcome> outcome, RecordingIo io) {

    /// Waits until the cell has printed a text.
    Running untilItPrints(String text) {
      long start = System.nanoTime();
      while (!io.out().contains(text)) {
        assertThat(outcome).isNotDone();
        assertThat(System.nanoTime() - start).as("patience").isLessThan(PATIENCE_NANOS);
        LockSupport.parkNanos(1_000_000);
      }
      return this;
    }

    Ran end() {
      return new Ran(outcome.orTimeout(PATIENCE_NANOS, TimeUnit.NANOSECONDS).join(), io);
    }
  }

  /// A cell that has ended.
  record Ran(CellOutcome outcome, RecordingIo io) {

    Ran shows(String text) {
      return shows("text/plain", text);
    }

    Ran shows(String mime, String text) {
      assertThat(value()).containsEntry(mime, text);
      return this;
    }

    Map<String, Object> value() {
      assertThat(outcome).as(this::describe).isInstanceOf(CellOutcome.Value.class);
      return ((CellOutcome.Value) outcome).bundle();
    }

    Ran showsNothing() {
      assertThat(outcome).as(this::describe).isInstanceOf(CellOutcome.Nothing.class);
      return this;
    }

    /// It ended well, whatever it shows.
    Ran succeeds() {
      assertThat(outcome).as(this::describe).isNotInstanceOf(CellOutcome.Failed.class);
      return this;
    }

    Ran fails(String name) {
      assertThat(failure().name()).as(this::describe).isEqualTo(name);
      return this;
    }

    Ran says(String... parts) {
      assertThat(text()).contains(parts);
      return this;
    }

    Ran doesNotSay(String... parts) {
      assertThat(text()).doesNotContain(parts);
      return this;
    }

    CellOutcome.Failed failure() {
      assertThat(outcome).as(this::describe).isInstanceOf(CellOutcome.Failed.class);
      return (CellOutcome.Failed) outcome;
    }

    /// What the user reads of a failure, without colors.
    String text() {
      return String.join("\n", failure().traceback()).replaceAll("\u001b\\[[\\d;]*m", "");
    }

    Ran prints(String text) {
      assertThat(io.out()).isEqualTo(text);
      return this;
    }

    Ran notes(String... parts) {
      assertThat(io.err()).contains(parts);
      return this;
    }

    Ran notesNothing() {
      assertThat(io.err()).isEmpty();
      return this;
    }

    private String describe() {
      return outcome instanceof CellOutcome.Failed ? text() : outcome + io.out() + io.err();
    }
  }
}
