package argosy.kernel;

import argosy.kernel.interpreter.Interpreter;
import argosy.kernel.jshell.CommonPool;
import argosy.kernel.jshell.JavaInterpreter;
import argosy.kernel.jupyter.JupyterKernel;
import argosy.kernel.jupyter.KernelStartException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/// The kernel's process. Jupyter starts it with the path of a connection file.
public final class Main {

  /// How long what cells leave running may take to end with the process. A JVM that writes an AOT
  /// cache as it ends needs longer: `-Dargosy.exit.millis` says how long.
  private static final long EXIT_MILLIS = Long.getLong("argosy.exit.millis", 250);

  private Main() {}

  /// Starts the kernel for Java and serves until the end.
  public static void main(String[] arguments) {
    CommonPool.use();
    int code = run(arguments, JavaInterpreter::start, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Serves until the end.
  ///
  /// @param arguments the path of the connection file
  /// @param interpreters makes the language behind the protocol
  /// @param complaints gets the one sentence that says why the kernel cannot start
  /// @return the exit code of the process
  public static int run(
      String[] arguments, Supplier<? extends Interpreter> interpreters, PrintStream complaints) {
    if (arguments.length != 1) {
      complaints.println(
          "Argosy is started by Jupyter, with one argument: the path of a connection file.");
      return 1;
    }
    try {
      new JupyterKernel(Path.of(arguments[0]), interpreters).run();
      haltSoon();
      return 0;
    } catch (KernelStartException e) {
      complaints.println(e.getMessage());
      return 1;
    }
  }

  /// A shutdown hook or a finalizer of a cell's making must not keep the process.
  private static void haltSoon() {
    Thread.ofPlatform()
        .name("argosy/exit")
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(EXIT_MILLIS);
          } catch (InterruptedException e) {
            // The process is ending; there is nobody to tell.
          }
          Runtime.getRuntime().halt(0);
        });
  }
}
