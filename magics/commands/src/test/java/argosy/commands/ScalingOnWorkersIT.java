package argosy.commands;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Functions that go wrong while they are measured, in a notebook that is there afterwards.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ScalingOnWorkersIT {

  @TempDir static Path folder;
  private static Notebook notebook;

  @BeforeAll
  static void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 2").shown();
  }

  @AfterEach
  void theWorkersAreUsable() {
    notebook.run("Parallel.map(List.of(1, 2, 3), x -> x + 1)").shows("[2, 3, 4]");
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  @Test
  void oneThatKillsItsProcessKillsAWorker() {
    notebook
        .run(
            """
            int end(int x) throws Exception {
              long self = ProcessHandle.current().pid();
              return new ProcessBuilder("kill", "-9", "" + self).start().waitFor();
            }
            """)
        .showsNothing();

    notebook.run("%scaling x -> end(x) : List.of(1, 2)").says("WorkerLostException", "SIGKILL");
    notebook.run("%scaling end(1)").says("WorkerLostException", "SIGKILL");
  }

  @Test
  void oneThatThrowsThrows() {
    notebook
        .run("%scaling x -> Integer.parseInt(x) : List.of(\"1\", \"one\")")
        .says("NumberFormatException", "\"one\"");
  }
}
