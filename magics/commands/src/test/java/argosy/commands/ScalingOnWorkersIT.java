package argosy.commands;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Functions that go wrong while they are measured, in a notebook that is there afterwards.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ScalingOnWorkersIT extends OnTwoWorkers {

  @AfterEach
  void theWorkersAreUsable() {
    notebook.run("Parallel.map(List.of(1, 2, 3), x -> x + 1)").shows("[2, 3, 4]");
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
