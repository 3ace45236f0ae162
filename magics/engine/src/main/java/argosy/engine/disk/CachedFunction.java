package argosy.engine.disk;

import argosy.Cached;
import argosy.NotShippableException;
import argosy.engine.host.Host;
import argosy.wire.ContentId;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function with a folder of results.
/*
 * What the function is, by its code and what it captures, is found out where its classes are: in the
 * notebook's process, each time it is called or captured there, for a variable may have changed. A
 * task gets the answer along.
 */
final class CachedFunction<A extends @Nullable Object, R extends @Nullable Object>
    implements Cached<A, R>, Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private static final System.Logger LOG = System.getLogger(CachedFunction.class.getName());

  private static final String NOT_KEPT = "Parallel.cached: a result is not kept: ";

  /// Stands for a function in its own identity, if it calls itself.
  private static final ContentId ITSELF = new ContentId(0, 0);

  /// Those of which the calling thread finds out what they are.
  private static final ScopedValue<Asked> ASKED = ScopedValue.newInstance();

  /// @param outer whose identity depends on that of `function`, and so on
  private record Asked(CachedFunction<?, ?> function, @Nullable Asked outer) {

    boolean includes(CachedFunction<?, ?> other) {
      return function.equals(other) || (outer != null && outer.includes(other));
    }
  }

  private final String folder;

  @SuppressWarnings("serial") // what cannot travel is named when it is captured
  private final Function<? super A, ? extends R> written;

  @SuppressWarnings("serial") // our own codec takes records
  private final @Nullable ContentId known;

  private final transient @Nullable Session session;

  /// The notebook's process.
  ///
  /// @param identity tells functions apart
  record Session(Host host, Function<Function<?, ?>, ContentId> identity) {

    NamedClasses.Finder finder() {
      return new NamedClasses.Finder(host.loader(), host::declared);
    }
  }

  CachedFunction(Path folder, Function<? super A, ? extends R> written, Session session) {
    this.folder = folder.toAbsolutePath().toString();
    this.written = Objects.requireNonNull(written, "the function is null");
    this.known = null;
    this.session = session;
  }

  private CachedFunction(CachedFunction<A, R> other, ContentId known) {
    this.folder = other.folder;
    this.written = other.written;
    this.known = known;
    this.session = null;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the file has what the function has returned
  public R call(A input) throws Exception {
    Path file = file(input);
    try {
      return (R) ValueFile.read(file, finder());
    } catch (IOException | RuntimeException | LinkageError e) {
      // Not there, damaged, of another version, or of a class that has changed: as good as none.
      return compute(input, file);
    }
  }

  private R compute(A input, Path file) {
    R result = written.apply(input);
    try {
      ValueFile.of("result", result, finder()).write(file);
    } catch (NotShippableException e) {
      tell(NOT_KEPT + e.getMessage());
    } catch (IOException e) {
      tell(NOT_KEPT + file + " cannot be written: " + FileTrouble.of(e));
    }
    return result;
  }

  private void tell(String line) {
    if (session == null) {
      LOG.log(System.Logger.Level.WARNING, line); // a task's: on its error stream
    } else {
      session.host().output().stderr(line + "\n");
    }
  }

  @Override
  public boolean has(A input) {
    return Files.exists(file(input));
  }

  @Override
  public void clear() {
    Path results = folder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(results)) {
      for (Path each : files) {
        Files.deleteIfExists(each);
      }
      Files.deleteIfExists(results);
    } catch (NoSuchFileException e) {
      // there is nothing to delete
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the results in " + results + " cannot be deleted: " + FileTrouble.of(e), e);
    }
  }

  @Override
  public Path folder() {
    return Path.of(folder, identity().toString());
  }

  private Path file(A input) {
    return folder().resolve(ValueFile.of("input", input, finder()).key() + ".argosy");
  }

  private NamedClasses.Finder finder() {
    return session == null ? NamedClasses.Finder.ofTask() : session.finder();
  }

  private ContentId identity() {
    if (session == null) {
      return Objects.requireNonNull(known, "a copy knows what it is");
    }
    Asked asked = new Asked(this, ASKED.isBound() ? ASKED.get() : null);
    return ScopedValue.where(ASKED, asked).call(() -> session.identity().apply(written));
  }

  @Serial
  private Object writeReplace() {
    if (session == null) {
      return this;
    }
    boolean isAsked = ASKED.isBound() && ASKED.get().includes(this);
    return new CachedFunction<>(this, isAsked ? ITSELF : identity());
  }

  /// {@return where its results are}
  @Override
  public String toString() {
    return "Cached[" + folder + "]";
  }
}
