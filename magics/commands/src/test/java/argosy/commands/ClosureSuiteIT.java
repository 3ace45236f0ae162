package argosy.commands;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every case of the closure suite, in cells of a real session. The third way, through the
/// installed kernel, is in `install/tests`.
@Timeout(900)
class ClosureSuiteIT {

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicNode> withinOneProcess() {
    return ClosureTable.tests(() -> knowing(Notebook.with(folder, OneProcessEngine.extension())));
  }

  @TestFactory
  Stream<DynamicNode> onWorkerProcesses() {
    return ClosureTable.tests(() -> {
      Notebook notebook = knowing(Notebook.open(folder));
      notebook.run("%workers 2").shown();
      return notebook;
    });
  }

  private static Notebook knowing(Notebook notebook) {
    notebook.run("import static argosy.Parallel.*;").showsNothing();
    return notebook;
  }
}
