package argosy.engine.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this process holds of the machine for its workers, by kind.
///
/// @param processes the children, by program
/// @param threads ours, by what they do
/// @param descriptors open files and sockets, by kind
/// @param files what lies in the temporary directory; shared memory has descriptors and no names
public record Footprint(
    Map<String, Long> processes,
    Map<String, Long> threads,
    Map<String, Long> descriptors,
    Map<String, Long> files) {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /// Looks.
  public static Footprint now() {
    return new Footprint(
        count(
            ProcessHandle.current()
                .descendants()
                .map(process ->
                    process.info().command().map(c -> c.replaceAll(".*/", "")).orElse("?"))),
        count(
            Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("argosy/"))
                .map(name -> name.replaceAll("\\d+", "n"))),
        descriptorsByKind(),
        count(
            list(Path.of(System.getProperty("java.io.tmpdir")))
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith("argosy-"))));
  }

  private static Map<String, Long> descriptorsByKind() {
    return count(
        list(Path.of("/proc/self/fd"))
            .map(Footprint::target)
            // Jars are opened by whoever needs a class first.
            .filter(target -> target.matches("(socket|pipe|anon_inode|/memfd).*"))
            .map(target -> target.replaceAll("[:(].*", "")));
  }

  private static Stream<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "gone";
    }
  }

  private static Map<String, Long> count(Stream<String> kinds) {
    return kinds.collect(Collectors.groupingBy(x -> x, TreeMap::new, Collectors.counting()));
  }

  /// Waits until what is held is this again.
  ///
  /// @throws AssertionError that says what differs
  void awaitAgain() {
    Footprint[] last = new Footprint[1];
    BooleanSupplier isAgain =
        () -> {
          last[0] = now();
          return last[0].equals(this);
        };
    if (!await(isAgain)) {
      throw new AssertionError("before: " + this + "\nafter:  " + last[0]);
    }
  }

  /// Waits until something holds.
  ///
  /// @return whether it does
  public static boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }
}
