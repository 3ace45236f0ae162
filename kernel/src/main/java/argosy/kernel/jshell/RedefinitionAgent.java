package argosy.kernel.jshell;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// Lets the kernel exchange the code of classes that are already loaded. Named as
/// `Launcher-Agent-Class` in the manifest of the kernel's jar; without it a redefined class or
/// method becomes a new one.
public final class RedefinitionAgent {

  private static volatile @Nullable Instrumentation instrumentation;

  private RedefinitionAgent() {}

  /// Called by the virtual machine when it starts the jar, or is told to load the agent.
  public static void agentmain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  /// Called by the virtual machine for `-javaagent`.
  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  static @Nullable Instrumentation instrumentation() {
    Instrumentation given = instrumentation;
    return given != null && given.isRedefineClassesSupported() ? given : null;
  }
}
