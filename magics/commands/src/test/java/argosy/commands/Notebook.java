package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.dependency.Dependencies;
import argosy.kernel.extension.KernelExtension;
import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.jshell.JavaInterpreter;
import argosy.kernel.magic.BuiltInMagics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A session as a user has it, without Jupyter: real cells, real workers.
final class Notebook implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final JavaInterpreter interpreter;
  private int count;

  private Notebook(Path folder, KernelExtension parallel) {
    KernelAgent.load();
    Dependencies dependencies =
        new Dependencies(
            folder.resolve("local"), "none", folder.resolve("remote").toUri().toString());
    interpreter = JavaInterpreter.start(List.of(new BuiltInMagics(dependencies), parallel));
  }

  /// Opens a session.
  ///
  /// @param folder the only place where it looks for libraries
  static Notebook open(Path folder) {
    return with(folder, new CommandsExtension());
  }

  /// Opens a session with another engine than the usual one.
  static Notebook with(Path folder, KernelExtension parallel) {
    return new Notebook(folder, parallel);
  }

  /// Waits until something holds.
  ///
  /// @return whether it does
  static boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(10_000_000);
    }
    return true;
  }

  /// Runs a cell to its end.
  Ran run(String code) {
    Cell cell = new Cell(++count);
    return new Ran(interpreter.execute(code, cell), cell);
  }

  /// Starts a cell, interrupts it once it has printed something, and waits for its end.
  Ran interrupted(String code) throws InterruptedException {
    Cell cell = new Cell(++count);
    CompletableFuture<CellOutcome> outcome =
        CompletableFuture.supplyAsync(() -> interpreter.execute(code, cell));
    boolean hasPrinted = cell.hasPrinted.await(60, TimeUnit.SECONDS);
    interpreter.interrupt(); // in any case: the next test needs the session
    assertThat(hasPrinted).as("it has printed").isTrue();
    return new Ran(outcome.orTimeout(60, TimeUnit.SECONDS).join(), cell);
  }

  @Override
  public void close() {
    interpreter.close();
  }

  /// A cell that has ended.
  record Ran(CellOutcome outcome, Cell cell) {

    Ran shows(String text) {
      return shows("text/plain", text);
    }

    Ran shows(String mime, String text) {
      assertThat(outcome).as(this::description).isInstanceOf(CellOutcome.Value.class);
      assertThat(((CellOutcome.Value) outcome).bundle()).containsEntry(mime, text);
      return this;
    }

    String shown() {
      assertThat(outcome).as(this::description).isInstanceOf(CellOutcome.Value.class);
      return String.valueOf(((CellOutcome.Value) outcome).bundle().get("text/plain"));
    }

    Ran showsNothing() {
      assertThat(outcome).as(this::description).isInstanceOf(CellOutcome.Nothing.class);
      return this;
    }

    Ran says(String... parts) {
      assertThat(outcome).as(this::description).isInstanceOf(CellOutcome.Failed.class);
      assertThat(description()).contains(parts);
      return this;
    }

    String out() {
      return cell.out();
    }

    String errors() {
      return cell.errors();
    }

    /// The texts that it has displayed.
    List<Object> displays() {
      return cell.displays().stream()
          .map(bundle -> Objects.requireNonNull(bundle.get("text/plain")))
          .toList();
    }

    /// The cell's output and, without colors, what it failed with.
    String description() {
      String failure =
          outcome instanceof CellOutcome.Failed failed
              ? String.join("\n", failed.traceback()).replaceAll("\u001b\\[[\\d;]*m", "")
              : outcome.toString();
      return failure + "\n" + cell.out() + cell.err;
    }
  }

  /// Keeps what a cell shows.
  static final class Cell implements CellIo {

    private final int number;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private final List<Map<String, Object>> displays = new ArrayList<>();
    private final CountDownLatch hasPrinted = new CountDownLatch(1);

    Cell(int number) {
      this.number = number;
    }

    synchronized String out() {
      return out.toString();
    }

    synchronized List<Map<String, Object>> displays() {
      return List.copyOf(displays);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public synchronized void stdout(String text) {
      out.append(text);
      hasPrinted.countDown();
    }

    synchronized String errors() {
      return err.toString();
    }

    @Override
    public synchronized void stderr(String text) {
      err.append(text);
    }

    @Override
    public synchronized String display(Map<String, Object> bundle) {
      displays.add(bundle);
      return String.valueOf(displays.size() - 1);
    }

    @Override
    public synchronized void update(String displayId, Map<String, Object> bundle) {
      displays.set(Integer.parseInt(displayId), bundle);
    }

    @Override
    public String readLine(String prompt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String readPassword(String prompt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clearOutput(boolean wait) {}
  }
}
