package argosy.engine.pool;

import argosy.Engine;
import argosy.wire.JvmAccess;
import argosy.wire.Payload;
import com.esotericsoftware.kryo.kryo5.Kryo;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a worker process is started: the command, its options and its environment.
final class LaunchCommand {

  private static final String MAIN = "argosy.worker.WorkerMain";

  /// What native mathematics libraries read to learn how many threads they may start.
  private static final List<String> THREAD_VARIABLES =
      List.of(
          "OMP_NUM_THREADS",
          "OPENBLAS_NUM_THREADS",
          "MKL_NUM_THREADS",
          "BLIS_NUM_THREADS",
          "VECLIB_MAXIMUM_THREADS",
          "NUMEXPR_NUM_THREADS");

  /// Lets the code of classes that stay on a worker follow the notebook. The JVM's remark that the
  /// second flag is deprecated would be the first thing that a worker says.
  private static final List<String> REDEFINITION =
      List.of(
          "-XX:-PrintWarnings",
          "-XX:+AllowRedefinitionToAddDeleteMethods",
          "-XX:+PrintWarnings",
          "-XX:+EnableDynamicAgentLoading",
          "-Djdk.attach.allowAttachSelf=true");

  private LaunchCommand() {}

  /// {@return what starts a worker that is to meet its kernel in `directory`}
  static ProcessBuilder of(WorkerSettings settings, Path directory) {
    int threads =
        Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, settings.count()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:ActiveProcessorCount=" + threads);
    // A JVM without memory is of no use to later tasks either; a fresh one takes over.
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-CreateCoredumpOnCrash");
    // No file in the temporary directory that a killed process leaves behind.
    command.add("-XX:-UsePerfData");
    command.add("-XX:ErrorFile=" + System.getProperty("java.io.tmpdir") + "/argosy-hs_err_%p.log");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.awt.headless=true");
    command.addAll(REDEFINITION);
    command.addAll(JvmAccess.options());
    if (settings.heap() != null) {
      command.add("-Xmx" + settings.heap());
    }
    command.addAll(settings.jvmOptions());
    command.add("-cp");
    command.add(String.join(File.pathSeparator, ownClassPath()));
    command.add(MAIN);
    command.add(directory.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    for (String variable : THREAD_VARIABLES) {
      environment.putIfAbsent(variable, Integer.toString(threads));
    }
    return builder;
  }

  /// {@return where Argosy's own classes come from: one jar, or the folders of a build}
  private static Set<String> ownClassPath() {
    Set<String> entries = new LinkedHashSet<>();
    try {
      for (Class<?> type :
          List.of(
              Class.forName(MAIN, false, LaunchCommand.class.getClassLoader()),
              Payload.class,
              Kryo.class,
              Engine.class)) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        entries.add(Path.of(source.getLocation().toURI()).toString());
      }
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("Argosy's own classes are not complete", e);
    }
    return entries;
  }
}
