package argosy.commands;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Tests of one notebook that has two workers.
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
  }
}
