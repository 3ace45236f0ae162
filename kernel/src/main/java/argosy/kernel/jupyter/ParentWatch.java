package argosy.kernel.jupyter;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Watches the process that started the kernel, so that no kernel outlives its server.
final class ParentWatch {

  /// Where Jupyter says which process that is. On Windows it is a handle, not an id.
  private static final String VARIABLE = "JPY_PARENT_PID";

  private ParentWatch() {}

  /// Runs an action once the parent has ended, at once if it has already; never if nobody says
  /// which process it is.
  static void start(Map<String, String> environment, Runnable gone) {
    String pid = environment.get(VARIABLE);
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    if (pid == null || windows || !pid.matches("[1-9][0-9]{0,17}")) {
      return;
    }
    Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid));
    if (parent.isPresent()) {
      var _ = parent.get().onExit().thenRun(gone);
    } else {
      gone.run();
    }
  }
}
