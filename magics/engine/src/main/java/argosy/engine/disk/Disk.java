package argosy.engine.disk;

import argosy.Cached;
import argosy.engine.host.Host;
import argosy.wire.ContentId;
import argosy.wire.line.ActorLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Values and results in files. Safe from any thread.
public final class Disk {

  private final CachedFunction.Session session;

  /// @param identity tells functions apart by their code and what they capture
  public Disk(Host host, Function<Function<?, ?>, ContentId> identity) {
    this.session = new CachedFunction.Session(host, identity);
  }

  /// Writes a value to a file, as a whole or not at all.
  ///
  /// @throws argosy.NotShippableException if something in it cannot be written
  /// @throws UncheckedIOException if the file cannot be written
  public void dump(@Nullable Object value, Path file) {
    ValueFile content = ValueFile.of("value", value, finder());
    try {
      content.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + FileTrouble.of(e), e);
    }
  }

  /// {@return the value of a file}
  ///
  /// @throws IllegalStateException if it has none that can be rebuilt here, which says why
  /// @throws UncheckedIOException if the file cannot be read
  public @Nullable Object load(Path file) {
    try {
      return ValueFile.read(file, finder());
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException("there is no file " + file.toAbsolutePath(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + FileTrouble.of(e), e);
    }
  }

  /// {@return the function, with its results in a folder}
  ///
  /// @throws IllegalArgumentException if there is a file where the folder would be
  public <A extends @Nullable Object, R extends @Nullable Object> Cached<A, R> cached(
      Path folder, Function<? super A, ? extends R> f) {
    if (isWorker()) {
      throw new IllegalStateException(
          "a cached function is made in the notebook; tasks capture it from there");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          folder.toAbsolutePath() + " is a file; results are kept in a folder");
    }
    return new CachedFunction<>(folder, f, session);
  }

  private NamedClasses.Finder finder() {
    return isWorker() ? NamedClasses.Finder.ofTask() : session.finder();
  }

  /// {@return whether this process only runs tasks, with the classes that came with each}
  private static boolean isWorker() {
    return ActorLine.current() != null;
  }
}
