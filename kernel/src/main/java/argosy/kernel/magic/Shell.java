package argosy.kernel.magic;

import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `%sh`, `%%script` and their kin: commands of the operating system.
final class Shell {

  private static final System.Logger LOG = System.getLogger(Shell.class.getName());

  /// How much of a command that failed is quoted.
  private static final int MAX_QUOTED = 100;

  /// Commands that people write as if they were Java's, with what they are for.
  private static final Map<String, String> FILE_COMMANDS =
      Map.of(
          "cat", "Prints files",
          "cp", "Copies files",
          "ls", "Lists files",
          "mkdir", "Makes a folder",
          "mv", "Moves files",
          "rm", "Removes files",
          "rmdir", "Removes an empty folder");

  private static final Map<String, String> INTERPRETERS =
      Map.of("python", "python3", "python3", "python3", "perl", "perl", "ruby", "ruby");

  /// What to start.
  ///
  /// @param name what to call it
  /// @param quoted what the user wrote, if its failure is to quote it
  private record Command(String name, List<String> words, String input, String quoted) {}

  private final KernelContext kernel;
  private final Environment environment;
  private final Text text;

  Shell(KernelContext kernel, Environment environment, Text text) {
    this.kernel = kernel;
    this.environment = environment;
    this.text = text;
  }

  List<Magic> magics() {
    Stream<Magic> shells =
        Stream.of(
            shell("sh"), shell("bash"), shell("sh").alias("system"), shell("bash").alias("shell"));
    Stream<Magic> files =
        FILE_COMMANDS.entrySet().stream()
            .map(entry -> fileCommand(entry.getKey(), entry.getValue()));
    Stream<Magic> scripts =
        INTERPRETERS.entrySet().stream()
            .map(entry -> interpreter(entry.getKey(), entry.getValue()));
    Magic script =
        new BuiltIn(
            "script",
            Magic.Kind.CELL,
            "Gives the cell to a program, as its input.",
            """
            %%script program [argument...]
            the input, such as a program for an interpreter\
            """,
            call -> script(text.words(call), call));
    return Stream.of(shells, files, scripts, Stream.of(script)).flatMap(all -> all).toList();
  }

  private BuiltIn shell(String name) {
    return new BuiltIn(
        name,
        Magic.Kind.LINE_AND_CELL,
        "Runs a command, or the cell, in " + name + ".",
        """
        %NAME command
        %%NAME
        commands

        Its value is what the command prints: String files = %NAME ls\
        """
            .replace("NAME", name),
        call -> run(name, call));
  }

  private Magic fileCommand(String name, String summary) {
    return new BuiltIn(
            name,
            Magic.Kind.LINE,
            summary + ", as the command of the operating system does.",
            "%" + name + " [argument...]",
            call -> {
              String line = (name + " " + call.arguments()).strip();
              return execute(new Command(name, List.of("sh", "-c", line), "", ""), call);
            })
        .answeringHelp();
  }

  private Magic interpreter(String name, String program) {
    return new BuiltIn(
            name,
            Magic.Kind.CELL,
            "Runs the cell with " + program + ", which must be installed.",
            "%%" + name + " [argument...]\nthe program",
            call -> {
              List<String> command = new ArrayList<>(List.of(program, "-"));
              command.addAll(text.words(call));
              return script(command, call);
            })
        .answeringHelp();
  }

  private @Nullable Object run(String shell, MagicCall call) throws Exception {
    String script = call.isCell() ? call.body() : call.arguments();
    if (script.isBlank()) {
      throw new MagicUsageException("there is no command");
    }
    if (call.isCell() && !call.arguments().isEmpty()) {
      throw new MagicUsageException("the commands of %% start on the line below");
    }
    return execute(new Command(shell, List.of(shell, "-c", script), "", script), call);
  }

  private @Nullable Object script(List<String> command, MagicCall call) throws Exception {
    if (command.isEmpty()) {
      throw new MagicUsageException("it takes the name of a program");
    }
    return execute(new Command(command.getFirst(), command, call.body(), ""), call);
  }

  /// Runs a command where `%cd` has led, with the variables of `%env`.
  ///
  /// @return what it prints, if code takes the value
  private @Nullable Object execute(Command command, MagicCall call) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command.words()).directory(kernel.folder().toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environment.variables());
    Process process = start(builder);
    give(process, command.input());
    CurrentCell cell = kernel.currentCell();
    StringBuilder printed = new StringBuilder();
    int exit = relay(process, call.isValue() ? printed::append : cell::stdout, cell::stderr);
    if (exit != 0) {
      throw new MagicFailedException(
          command.name() + " ended with exit code " + exit + quotation(command.quoted()));
    }
    return call.isValue() ? printed.toString().stripTrailing() : null;
  }

  /// {@return the start of what the user wrote, for the end of a message}
  private static String quotation(String commands) {
    List<String> lines =
        commands.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    String first = lines.getFirst();
    boolean isLong = first.length() > MAX_QUOTED || lines.size() > 1;
    return ": " + first.substring(0, Math.min(first.length(), MAX_QUOTED)) + (isLong ? " …" : "");
  }

  /// Writes the input on a thread of its own, because the process may write before it reads.
  private static void give(Process process, String input) {
    Thread.ofVirtual()
        .name("argosy/shell/stdin")
        .start(() -> {
          try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(charset()));
          } catch (IOException e) {
            LOG.log(Level.DEBUG, "the process did not read all of its input", e);
          }
        });
  }

  private static Process start(ProcessBuilder builder) throws MagicFailedException {
    try {
      return builder.start();
    } catch (IOException e) {
      String program = builder.command().getFirst();
      throw new MagicFailedException(
          "cannot start " + program + ": is it installed, and on the PATH?", e);
    }
  }

  private static int relay(Process process, Consumer<String> stdout, Consumer<String> stderr)
      throws InterruptedException {
    Thread out = copy(process.getInputStream(), stdout, "stdout");
    Thread err = copy(process.getErrorStream(), stderr, "stderr");
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
          char[] buffer = new char[8192];
          try (Reader reader = new InputStreamReader(from, charset())) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
              to.accept(new String(buffer, 0, n));
            }
          } catch (IOException e) {
            to.accept("(the rest could not be read: " + e.getMessage() + ")\n");
          }
        });
  }

  private static Charset charset() {
    return Charset.forName(System.getProperty("native.encoding", "UTF-8"));
  }
}
