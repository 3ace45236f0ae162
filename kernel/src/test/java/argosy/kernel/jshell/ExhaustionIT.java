package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a session that runs out of something reports and survives, in a process that has little.
@Timeout(300)
class ExhaustionIT {

  /// Runs cells and prints how each ends.
  static final class Cells {

    private Cells() {}

    public static void main(String[] cells) {
      try (TestSession session = TestSession.open()) {
        for (String cell : cells) {
          TestSession.Ran ran = session.run(cell);
          String outcome =
              ran.outcome() instanceof argosy.kernel.interpreter.CellOutcome.Failed failed
                  ? failed.name() + " " + failed.message()
                  : ran.outcome().toString();
          java.io.PrintStream out =
              new java.io.PrintStream(
                  new java.io.FileOutputStream(java.io.FileDescriptor.out),
                  true,
                  StandardCharsets.UTF_8);
          out.println(outcome.lines().findFirst().orElse(""));
        }
      }
      System.exit(0);
    }
  }

  private static List<String> run(String limit, String... cells)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            limit,
            "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
            "-XX:+EnableDynamicAgentLoading",
            "-Djdk.attach.allowAttachSelf=true",
            "-cp",
            System.getProperty("java.class.path"),
            Cells.class.getName());
    builder.command().addAll(List.of(cells));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }

  @Test
  void ofTheHeapIsReportedAndSurvived() throws IOException, InterruptedException {
    List<String> lines =
        run(
            "-Xmx96m",
            "var hog = new ArrayList<byte[]>();\nwhile (true) hog.add(new byte[10_000]);",
            "hog = null;",
            "int f() { return 6; }\nf() * 7");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("OutOfMemoryError", "heap");
    assertThat(lines.get(2)).contains("42");
  }
}
