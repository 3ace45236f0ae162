package argosy.kernel.magic;

import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `%sh` and `%%bash`: commands of the operating system.
final class Shell {

  private final KernelContext kernel;
  private final Environment environment;

  Shell(KernelContext kernel, Environment environment) {
    this.kernel = kernel;
    this.environment = environment;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "sh",
            Magic.Kind.LINE_AND_CELL,
            "Runs a command, or the cell, in sh.",
            """
            %sh command
            %%sh
            commands\
            """,
            call -> run("sh", call)),
        new BuiltIn(
            "bash",
            Magic.Kind.LINE_AND_CELL,
            "Runs a command, or the cell, in bash.",
            """
            %bash command
            %%bash
            commands\
            """,
            call -> run("bash", call)));
  }

  private @Nullable Object run(String shell, MagicCall call) throws Exception {
    String script = call.isCell() ? call.body() : call.arguments();
    if (script.isBlank()) {
      throw new MagicUsageException("there is no command");
    }
    if (call.isCell() && !call.arguments().isEmpty()) {
      throw new MagicUsageException("the commands of %% start on the line below");
    }
    ProcessBuilder builder =
        new ProcessBuilder(shell, "-c", script).redirectInput(Redirect.from(new File("/dev/null")));
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environment.variables());
    int exit = relay(start(builder));
    if (exit != 0) {
      throw new MagicFailedException(shell + " ended with exit code " + exit);
    }
    return null;
  }

  private static Process start(ProcessBuilder builder) throws MagicFailedException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new MagicFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private int relay(Process process) throws InterruptedException {
    CurrentCell cell = kernel.currentCell();
    Thread out = copy(process.getInputStream(), cell::stdout, "stdout");
    Thread err = copy(process.getErrorStream(), cell::stderr, "stderr");
    try {
      int exit = process.waitFor();
      out.join();
      err.join();
      return exit;
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw e;
    }
  }

  private static Thread copy(InputStream from, Consumer<String> to, String name) {
    return Thread.ofVirtual()
        .name("argosy/shell/" + name)
        .start(() -> {
          Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
          char[] buffer = new char[8192];
          try (Reader reader = new InputStreamReader(from, charset)) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
              to.accept(new String(buffer, 0, n));
            }
          } catch (IOException e) {
            to.accept("(the rest could not be read: " + e.getMessage() + ")\n");
          }
        });
  }
}
