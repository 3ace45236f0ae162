package argosy.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void register() {
    Environment environment = new Environment();
    new Shell(kernel, environment, new Text(kernel)).magics().forEach(kernel::register);
    environment.magics(kernel).forEach(kernel::register);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash", "system", "shell"})
  void runsACommandWithItsOutput(String shell) throws Exception {
    assertThat(kernel.line(shell, "echo 'a  b'; echo \"ä$((1+1))\" >&2")).isNull();
    assertThat(kernel.stdout()).isEqualTo("a  b\n");
    assertThat(kernel.stderr()).isEqualTo("ä2\n");
  }

  @Test
  void runsACell() throws Exception {
    kernel.cell("bash", "", "for i in 1 2; do\n  echo $i\ndone\n[[ a == a ]] && echo yes\n");
    assertThat(kernel.stdout()).isEqualTo("1\n2\nyes\n");
  }

  @Test
  void aCommandThatReadsInputFindsNone() throws Exception {
    kernel.line("sh", "cat; echo end");
    assertThat(kernel.stdout()).isEqualTo("end\n");
  }

  @Test
  void aFailureIsAnErrorWithItsExitCode() {
    assertThatThrownBy(() -> kernel.line("sh", "echo bad >&2; exit 3"))
        .isInstanceOf(MagicFailedException.class)
        .hasMessage("sh ended with exit code 3: echo bad >&2; exit 3");
    assertThat(kernel.stderr()).isEqualTo("bad\n");
  }

  @Test
  void aFailedCellIsQuotedByTheStartOfItsCommands() {
    assertThatThrownBy(() -> kernel.cell("bash", "", "\n  set -e\nfalse\necho no\n"))
        .hasMessage("bash ended with exit code 1: set -e …");
    assertThatThrownBy(() -> kernel.line("sh", "false " + "x".repeat(200)))
        .hasMessage("sh ended with exit code 1: false " + "x".repeat(94) + " …");
  }

  @Test
  void anInterruptEndsTheCommandAndItsChildren() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Long> pid = new CompletableFuture<>();
    FakeKernel watched = kernel;
    Thread cell =
        new Thread(() -> {
          try {
            watched.line("sh", "sleep 600 & echo $!; wait");
            thrown.complete(new AssertionError("it ended"));
          } catch (Exception e) {
            thrown.complete(e);
          }
        });
    kernel.onStdout = text -> pid.complete(Long.parseLong(text.strip()));
    cell.start();
    ProcessHandle sleep = ProcessHandle.of(pid.get(60, TimeUnit.SECONDS)).orElseThrow();
    cell.interrupt();
    assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(sleep.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void whatEnvSetsIsSeenByCommands() throws Exception {
    kernel.line("env", "ARGOSY_TEST=some thing");
    assertThat(kernel.line("env", "ARGOSY_TEST")).isEqualTo("some thing");
    kernel.line("sh", "echo \"$ARGOSY_TEST\"");
    assertThat(kernel.stdout()).isEqualTo("some thing\n");
  }

  @Test
  void envListsAllVariables() throws Exception {
    kernel.line("env", "ARGOSY_TEST = x");
    kernel.line("env", "");
    assertThat(kernel.stdout()).contains("ARGOSY_TEST=x\n").contains("PATH=");
  }

  @Test
  void anUnknownVariableHasNoValue() throws Exception {
    assertThat(kernel.line("env", "ARGOSY_NONE")).isNull();
    assertThat(kernel.stdout()).endsWith("ARGOSY_NONE is not set.\n");
  }

  @Test
  void scriptGivesTheCellToAProgram() throws Exception {
    kernel.cell("script", "sh -s one 'two three'", "echo \"$# $2\"\necho more >&2\n");
    assertThat(kernel.stdout()).isEqualTo("2 two three\n");
    assertThat(kernel.stderr()).isEqualTo("more\n");
  }

  /// The program writes long before it has read all.
  @Test
  void scriptTakesACellThatFitsNoPipe() throws Exception {
    String text = "x".repeat(99) + "\n";
    kernel.cell("script", "cat", text.repeat(10_000));
    assertThat(kernel.stdout()).hasSize(1_000_000);
  }

  @Test
  void aProgramNeedNotReadItsInput() throws Exception {
    kernel.cell("script", "true", "x".repeat(1_000_000));
    assertThatThrownBy(() -> kernel.cell("script", "sh -c 'exit 3'", ""))
        .isInstanceOf(MagicFailedException.class)
        .hasMessage("sh ended with exit code 3");
    assertThatThrownBy(() -> kernel.cell("script", "no-such-program-here", "x"))
        .isInstanceOf(MagicFailedException.class)
        .hasMessage("cannot start no-such-program-here: is it installed, and on the PATH?");
    assertThatThrownBy(() -> kernel.cell("script", "", "x"))
        .isInstanceOf(MagicUsageException.class);
  }

  @Test
  void otherLanguagesHaveCellsOfTheirOwn() throws Exception {
    kernel.cell("python3", "a b", "import sys\nprint(sys.argv[1:], 1 + 1)\n");
    assertThat(kernel.stdout()).isEqualTo("['a', 'b'] 2\n");
    assertThatThrownBy(() -> kernel.cell("python", "", "raise SystemExit(5)"))
        .hasMessage("python3 ended with exit code 5");
  }

  @Test
  void commandsStartInTheFolderOfTheMagics(@TempDir Path folder) throws Exception {
    kernel.changeFolder(folder);
    kernel.line("mkdir", "'a b'");
    kernel.line("sh", "echo text > 'a b/file'");
    kernel.line("cat", "'a b'/*");
    kernel.line("cp", "-r 'a b' c");
    kernel.line("ls", "");
    assertThat(kernel.stdout()).isEqualTo("text\na b\nc\n");
    assertThatThrownBy(() -> kernel.line("rmdir", "c")).hasMessage("rmdir ended with exit code 1");
  }

  @Test
  void withoutACommandItIsWronglyCalled() {
    assertThatThrownBy(() -> kernel.line("sh", "")).isInstanceOf(MagicUsageException.class);
    assertThatThrownBy(() -> kernel.cell("bash", "", " \n"))
        .isInstanceOf(MagicUsageException.class);
    assertThatThrownBy(() -> kernel.cell("bash", "ls", "ls"))
        .isInstanceOf(MagicUsageException.class);
  }
}
