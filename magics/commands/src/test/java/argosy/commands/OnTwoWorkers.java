package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Tests of one notebook that has two workers, and leaves no process.
abstract class OnTwoWorkers {

  @TempDir static Path folder;
  static Notebook notebook;

  @BeforeAll
  static void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 2").shown();
  }

  @AfterAll
  static void close() {
    notebook.close();
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(
                    process -> process.onExit().orTimeout(60, TimeUnit.SECONDS).join().isAlive()))
        .as("what is left")
        .isEmpty();
  }
}
