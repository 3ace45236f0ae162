package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.magic.BuiltInMagics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A session in a process of its own, for what depends on how a process is started.
final class SessionProcess {

  private SessionProcess() {}

  /// Runs cells and prints how each ends, once all have: printing may need classes for which there
  /// is no room.
  public static void main(String[] cells) {
    CommonPool.use();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try (TestSession session = TestSession.open(new BuiltInMagics())) {
      List<CellOutcome> outcomes = new ArrayList<>();
      for (String cell : cells) {
        outcomes.add(session.run(cell).outcome());
      }
      for (CellOutcome ended : outcomes) {
        String outcome =
            switch (ended) {
              case CellOutcome.Failed failed -> failed.name() + " " + failed.message();
              case CellOutcome.Value value -> String.valueOf(value.bundle().get("text/plain"));
              case CellOutcome.Nothing _ -> "nothing";
            };
        out.println(outcome.lines().findFirst().orElse(""));
      }
    }
    System.exit(0);
  }

  /// {@return how each cell ends, in one line each}
  ///
  /// @param options for the virtual machine
  static List<String> run(List<String> options, String... cells)
      throws IOException, InterruptedException {
    Process process = start(options, cells);
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    assertThat(lines).hasSameSizeAs(cells);
    return lines;
  }

  /// Starts a process that runs cells.
  ///
  /// @param options for the virtual machine
  static Process start(List<String> options, String... cells) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(options);
    builder
        .command()
        .addAll(
            List.of(
                "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-Djdk.attach.allowAttachSelf=true",
                "-cp",
                System.getProperty("java.class.path"),
                SessionProcess.class.getName()));
    builder.command().addAll(List.of(cells));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
