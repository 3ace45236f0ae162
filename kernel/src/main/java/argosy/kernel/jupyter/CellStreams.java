package argosy.kernel.jupyter;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import argosy.kernel.interpreter.OutputReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `System.in`, `out` and `err` while the kernel runs: each write goes to the cell for which the
/// writing thread works; for a thread that works for none, to the cell that ran last; before any
/// cell has run, to the process's own stream.
final class CellStreams implements AutoCloseable {

  private final InputStream in = System.in;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final OutputReader reader;
  private volatile @Nullable CellIo last;

  /// @param reader see [TraceText]
  CellStreams(OutputReader reader) {
    this.reader = reader;
  }

  /// {@return what makes the stack traces readable that one stream has}
  TraceText traces() {
    return new TraceText(reader);
  }

  /// Replaces the process's streams, until [#close].
  void install() {
    System.setOut(stream(StreamName.STDOUT, out));
    System.setErr(stream(StreamName.STDERR, err));
    System.setIn(new StandardInput(this::current));
  }

  /// Says that a cell starts to run whose output somebody sees.
  void ran(CellIo cell) {
    last = cell;
  }

  private @Nullable CellIo current() {
    CellIo own = CellScope.current();
    return own == null ? last : own;
  }

  private PrintStream stream(StreamName name, PrintStream original) {
    return new Lines(name, new Attributed(name, original));
  }

  /// Puts the process's streams back.
  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }

  /// Writes a line and its end at once, whatever other threads write. Closing it does nothing, so a
  /// closed writer around it does not silence the next cells.
  private static final class Lines extends PrintStream {

    private final StreamName name;

    Lines(StreamName name, OutputStream out) {
      super(out, false, StandardCharsets.UTF_8);
      this.name = name;
    }

    @Override
    public void println(@Nullable String text) {
      print(text + System.lineSeparator());
    }

    @Override
    public void println(@Nullable Object value) {
      println(String.valueOf(value));
    }

    @Override
    public void close() {
      flush();
    }

    /// What a cell shows whose last value it is.
    @Override
    public String toString() {
      return switch (name) {
        case STDOUT -> "System.out";
        case STDERR -> "System.err";
      };
    }
  }

  private final class Attributed extends OutputStream {
    private final StreamName name;
    private final PrintStream original;

    private Attributed(StreamName name, PrintStream original) {
      this.name = name;
      this.original = original;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      switch (current()) {
        case null -> {
          original.write(bytes, offset, length);
          original.flush();
        }
        case CellExecution cell -> cell.write(name, bytes, offset, length);
        case CellIo cell -> write(cell, new String(bytes, offset, length, StandardCharsets.UTF_8));
      }
    }

    private void write(CellIo cell, String text) {
      switch (name) {
        case STDOUT -> cell.stdout(text);
        case STDERR -> cell.stderr(text);
      }
    }
  }
}
