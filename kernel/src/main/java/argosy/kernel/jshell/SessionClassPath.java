package argosy.kernel.jshell;

import argosy.kernel.extension.CellClassPath;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The jars and folders that the session has added.
final class SessionClassPath implements CellClassPath {

  private final Shell shell;
  private final ClassLoader loader;
  private final List<Path> entries = new CopyOnWriteArrayList<>();
  private final List<Consumer<List<Path>>> listeners = new CopyOnWriteArrayList<>();

  /// @param loader finds what is added
  SessionClassPath(Shell shell, ClassLoader loader) {
    this.shell = shell;
    this.loader = loader;
  }

  @Override
  public List<Path> entries() {
    return List.copyOf(entries);
  }

  @Override
  public synchronized void add(List<Path> added) {
    List<Path> fresh = new ArrayList<>();
    for (Path entry : added) {
      Path absolute = entry.toAbsolutePath().normalize();
      if (!Files.exists(absolute)) {
        throw new IllegalArgumentException(
            "there is no file or folder " + absolute + " to add to the class path");
      }
      if (!entries.contains(absolute) && !fresh.contains(absolute)) {
        fresh.add(absolute);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    fresh.forEach(shell::addToClassPath);
    entries.addAll(fresh);
    publish(fresh);
    LateServices.find(fresh, loader);
    listeners.forEach(listener -> listener.accept(List.copyOf(fresh)));
  }

  /// Tells libraries that look there, such as a compiler that a cell calls.
  private static void publish(List<Path> added) {
    String property = "java.class.path";
    System.setProperty(
        property,
        Stream.concat(
                Stream.of(System.getProperty(property, "")), added.stream().map(Path::toString))
            .filter(entry -> !entry.isEmpty())
            .collect(Collectors.joining(File.pathSeparator)));
  }

  @Override
  public void onAdd(Consumer<List<Path>> listener) {
    listeners.add(listener);
  }
}
