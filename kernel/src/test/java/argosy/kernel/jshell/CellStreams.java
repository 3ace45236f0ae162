package argosy.kernel.jshell;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// `System.out` and `System.err` that belong to the cell of whoever writes, as in a real session.
final class CellStreams {

  private CellStreams() {}

  /// Installs them for the rest of the process. Idempotent.
  static synchronized void install() {
    if (!(System.out instanceof CellStream)) {
      System.setOut(new CellStream(FileDescriptor.out, CellIo::stdout));
      System.setErr(new CellStream(FileDescriptor.err, CellIo::stderr));
    }
  }

  private interface Sink {
    void write(CellIo cell, String text);
  }

  private static final class CellStream extends PrintStream {
    CellStream(FileDescriptor process, Sink sink) {
      super(new Router(new FileOutputStream(process), sink), true, StandardCharsets.UTF_8);
    }
  }

  private static final class Router extends OutputStream {
    private final OutputStream process;
    private final Sink sink;

    Router(OutputStream process, Sink sink) {
      this.process = process;
      this.sink = sink;
    }

    @Override
    public void write(int b) throws java.io.IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
      CellIo cell = CellScope.current();
      if (cell == null) {
        process.write(bytes, offset, length);
      } else {
        sink.write(cell, new String(bytes, offset, length, StandardCharsets.UTF_8));
      }
    }
  }
}
