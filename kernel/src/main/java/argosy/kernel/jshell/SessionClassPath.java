package argosy.kernel.jshell;

import argosy.kernel.extension.CellClassPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The jars and folders that the session has added.
final class SessionClassPath implements CellClassPath {

  private final Shell shell;
  private final List<Path> entries = new CopyOnWriteArrayList<>();
  private final List<Consumer<List<Path>>> listeners = new CopyOnWriteArrayList<>();

  SessionClassPath(Shell shell) {
    this.shell = shell;
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
    listeners.forEach(listener -> listener.accept(List.copyOf(fresh)));
  }

  @Override
  public void onAdd(Consumer<List<Path>> listener) {
    listeners.add(listener);
  }
}
