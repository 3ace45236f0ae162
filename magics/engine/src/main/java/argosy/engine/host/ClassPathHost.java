package argosy.engine.host;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A plain `main`: every class is on the class path, and output goes to the process's own streams.
public final class ClassPathHost implements Host {

  private final List<Path> classPath =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .filter(entry -> !entry.isEmpty())
          .map(Path::of)
          .toList();

  @Override
  public Optional<byte[]> classBytes(Class<?> type) {
    return Optional.empty();
  }

  @Override
  public List<Class<?>> classesNamed(String name) {
    return List.of();
  }

  @Override
  public boolean isInitialized(Class<?> type) {
    return true;
  }

  @Override
  public ClassLoader loader() {
    return ClassLoader.getSystemClassLoader();
  }

  @Override
  public List<Path> classPath() {
    return classPath;
  }

  @Override
  public void onClassPathAddition(Consumer<List<Path>> listener) {
    // The class path of a JVM stays what it was at its start.
  }

  @Override
  public TaskOutput output() {
    return new StandardStreams();
  }

  @Override
  public void onInterrupt(Runnable hook) {
    // Nobody interrupts but through Thread.interrupt, which callers see for themselves.
  }

  @Override
  public void stop(Thread thread) {
    // Code of the class path has no stop checks; its interrupt flag is all there is.
  }

  @Override
  public Object scope() {
    return this;
  }

  /// Looks the streams up at each use: a program may replace them.
  private record StandardStreams() implements TaskOutput {

    @Override
    public void stdout(String lines) {
      print(System.out, lines);
    }

    @Override
    public void stderr(String lines) {
      print(System.err, lines);
    }

    private static void print(PrintStream stream, String lines) {
      stream.print(lines);
      stream.flush();
    }
  }
}
