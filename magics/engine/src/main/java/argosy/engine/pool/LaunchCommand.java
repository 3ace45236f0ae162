package argosy.engine.pool;

import argosy.Engine;
import argosy.engine.threads.JvmThreads;
import argosy.engine.threads.NativeThreads;
import argosy.engine.threads.ThreadUse;
import argosy.wire.JvmAccess;
import argosy.wire.Payload;
import argosy.wire.memory.ArrayBytes;
import com.esotericsoftware.kryo.kryo5.Kryo;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;

/// How a worker process is started: the command, its options and its environment.
final class LaunchCommand {

  private static final String MAIN = "argosy.worker.WorkerMain";

  /// The system property that names the workers' AOT cache.
  private static final String CACHE = "argosy.worker.cache";

  /// Lets the code of classes that stay on a worker follow the notebook. The JVM's remark that the
  /// second flag is deprecated would be the first thing that a worker says.
  private static final List<String> REDEFINITION =
      List.of(
          "-XX:-PrintWarnings",
          "-XX:+AllowRedefinitionToAddDeleteMethods",
          "-XX:+PrintWarnings",
          "-XX:+EnableDynamicAgentLoading",
          "-Djdk.attach.allowAttachSelf=true");

  /// The heap stays as large as it was, because pages that have been touched are worth having,
  /// until the worker itself gives them back: then at once, not in several collections.
  private static final List<String> HEAP =
      List.of("-XX:MaxHeapFreeRatio=100", "-XX:-ShrinkHeapInSteps");

  /// Nor should the part where objects begin grow into pages that nobody has touched: on a worker's
  /// one processor a larger one saves nothing.
  private static final String YOUNG = "-XX:MaxNewSize=128m";

  /// Below this a quarter of it, the usual heap, is too small for that.
  private static final long ENOUGH_BYTES = 2L << 30;

  private final List<String> options;
  private final int threads;

  private LaunchCommand(List<String> options, int threads) {
    this.options = List.copyOf(options);
    this.threads = threads;
  }

  /// {@return what starts a worker}
  static LaunchCommand of(WorkerSettings settings) {
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = Math.max(1, processors / Math.max(1, settings.count()));
    List<String> options = new ArrayList<>();
    options.add(JvmThreads.PROCESSORS + threads); // as in share()
    // While one worker copies, the others and the kernel often wait for what is copied.
    options.add("-D" + ArrayBytes.PROCESSORS + "=" + processors);
    // A JVM without memory is of no use to later tasks either; a fresh one takes over.
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-XX:-CreateCoredumpOnCrash");
    // No file in the temporary directory that a killed process leaves behind.
    options.add("-XX:-UsePerfData");
    options.add("-XX:ErrorFile=" + System.getProperty("java.io.tmpdir") + "/argosy-hs_err_%p.log");
    options.addAll(HEAP);
    if (hasUsualHeap(settings) && MachineMemory.totalBytes() >= ENOUGH_BYTES) {
      options.add(YOUNG);
    }
    options.add("--enable-native-access=ALL-UNNAMED");
    // What a library does with memory is nothing that whoever runs a task can change.
    options.add("--sun-misc-unsafe-memory-access=allow");
    options.add("-Djava.awt.headless=true");
    options.addAll(REDEFINITION);
    options.addAll(JvmAccess.options());
    options.addAll(region());
    if (settings.heap() != null) {
      options.add("-Xmx" + settings.heap());
    }
    options.addAll(startFast(settings.jvmOptions()));
    options.addAll(settings.jvmOptions());
    options.add("-cp");
    options.add(String.join(File.pathSeparator, ownClassPath()));
    return new LaunchCommand(options, threads);
  }

  /// {@return the locale and the time zone of this process, which code may have changed}
  private static List<String> region() {
    List<String> options = new ArrayList<>();
    addLocale(options, Locale.getDefault(), "");
    addLocale(options, Locale.getDefault(Locale.Category.DISPLAY), ".display");
    addLocale(options, Locale.getDefault(Locale.Category.FORMAT), ".format");
    options.add("-Duser.timezone=" + TimeZone.getDefault().getID());
    return options;
  }

  /// Each part is said, for what is not said comes from the environment.
  private static void addLocale(List<String> options, Locale locale, String category) {
    options.add("-Duser.language" + category + "=" + locale.getLanguage());
    options.add("-Duser.script" + category + "=" + locale.getScript());
    options.add("-Duser.country" + category + "=" + locale.getCountry());
    options.add("-Duser.variant" + category + "=" + locale.getVariant());
  }

  private static boolean hasUsualHeap(WorkerSettings settings) {
    return settings.heap() == null
        && settings.jvmOptions().stream()
            .noneMatch(o -> o.startsWith("-Xm") || o.contains("Size") || o.contains("RAM"));
  }

  /// {@return the option for the cache of classes that was trained at the installation, if there is
  /// one}
  /*
   * The JVM does without it where it does not fit: another collector, more modules. Two of them it
   * refuses.
   */
  private static List<String> startFast(List<String> asked) {
    String cache = System.getProperty(CACHE);
    boolean isFree =
        asked.stream().noneMatch(o -> o.startsWith("-XX:AOT") || o.contains("Archive"));
    return cache != null && isFree && Files.isReadable(Path.of(cache))
        ? List.of("-XX:AOTCache=" + cache)
        : List.of();
  }

  /// {@return the options of the JVM: workers that have the same are alike}
  List<String> options() {
    return options;
  }

  /// {@return the option that says how many processors are its part}
  String share() {
    return JvmThreads.PROCESSORS + threads;
  }

  /// {@return what starts the process that is to meet this one in a directory}
  ProcessBuilder meetingIn(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(MAIN);
    command.add(directory.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    limit(builder.environment());
    return builder;
  }

  /// What the user says about native libraries holds.
  private void limit(Map<String, String> environment) {
    for (String variable : NativeThreads.VARIABLES) {
      environment.putIfAbsent(variable, Integer.toString(threads));
    }
  }

  /// {@return what the process may use}
  ThreadUse threadUse() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    limit(environment);
    return new ThreadUse(
        0, -1, JvmThreads.of(options), NativeThreads.of(environment, List.of()), null);
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
