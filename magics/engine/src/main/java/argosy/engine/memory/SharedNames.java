package argosy.engine.memory;

import argosy.wire.memory.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names by which processes of one user find each other's shared memory. Safe from any thread
/// and from any process.
/*
 * A name is a symbolic link in a directory that only its user can enter, and what it points to is
 * the text of the entry: a link appears whole or not at all, and never in place of another. The
 * memory itself has no name, so all that a killed process can leave is the link; whoever comes by
 * finds out that its memory is gone and removes it. A process that ends by itself removes its own.
 */
public final class SharedNames {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
  private static final char MARK = '|';
  static final Path DIRECTORY = directory();

  /// The names of this process's own memory, which end with it.
  private static final Map<String, Entry> OURS = new ConcurrentHashMap<>();

  private static final AtomicBoolean ENDS_WITH_PROCESS = new AtomicBoolean();

  /// What stands behind a name.
  ///
  /// @param place where other processes find the memory
  /// @param description what it is
  public record Entry(String place, String description) {

    private static @Nullable Entry parsed(String text) {
      int mark = text.indexOf(MARK);
      return mark < 0 ? null : new Entry(text.substring(0, mark), text.substring(mark + 1));
    }

    private String text() {
      return place + MARK + description;
    }

    private boolean isAlive() {
      return isThere(place);
    }
  }

  private SharedNames() {}

  /// {@return whether memory of this place still belongs to somebody}
  static boolean isThere(String place) {
    try {
      return Files.exists(new Range(place, 0, 0).path());
    } catch (IOException e) {
      return false;
    }
  }

  /// Gives an entry a name.
  ///
  /// @throws IllegalStateException if something that lives has it
  static void publish(String name, Entry entry) {
    Path link = link(name);
    try {
      while (true) {
        Files.createDirectories(DIRECTORY, onlyMine());
        requirePrivate();
        try {
          Files.createSymbolicLink(link, Path.of(entry.text()));
          return;
        } catch (FileAlreadyExistsException e) {
          Entry present = read(link);
          if (present != null && present.isAlive()) {
            throw new IllegalStateException(
                "the name %s is taken; Shared.unpublish(\"%s\") frees it".formatted(name, name), e);
          }
          remove(link, present);
        } catch (NoSuchFileException e) {
          // The directory has just been removed with its last name.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot publish " + name + ": " + e.getMessage(), e);
    }
  }

  /// Takes the name of this process's own memory away when the process ends, unless it is killed.
  static void removeAtExit(String name, Entry entry) {
    OURS.put(name, entry);
    if (ENDS_WITH_PROCESS.compareAndSet(false, true)) {
      try {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(SharedNames::removeOurs, "argosy/shared-names"));
      } catch (IllegalStateException e) {
        // It ends already; whoever looks for the name finds the memory gone.
      }
    }
  }

  private static void removeOurs() {
    OURS.forEach((name, entry) -> {
      try {
        removeIf(name, entry);
      } catch (UncheckedIOException e) {
        System.getLogger(SharedNames.class.getName())
            .log(System.Logger.Level.DEBUG, "a name of shared memory is left", e);
      }
    });
  }

  /// {@return what has a name, or null if nothing that lives does}
  public static @Nullable Entry find(String name) {
    try {
      Path link = link(name);
      Entry entry = isPrivate() ? read(link) : null;
      if (entry == null || entry.isAlive()) {
        return entry;
      }
      remove(link, entry);
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look up " + name + ": " + e.getMessage(), e);
    }
  }

  /// {@return all names of what lives, sorted}
  public static List<String> all() {
    try {
      if (!isPrivate()) {
        return List.of();
      }
      try (Stream<Path> links = Files.list(DIRECTORY)) {
        return links
            .map(link -> link.getFileName().toString())
            .filter(name -> NAME.matcher(name).matches() && find(name) != null)
            .sorted()
            .toList();
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the names of shared memory", e);
    }
  }

  /// Takes a name away.
  ///
  /// @return whether something that lives had it
  public static boolean remove(String name) {
    Entry entry = find(name);
    return entry != null && removeIf(name, entry);
  }

  /// Takes a name away if it still stands for this.
  static boolean removeIf(String name, Entry entry) {
    OURS.remove(name, entry);
    try {
      return remove(link(name), entry);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the name " + name, e);
    }
  }

  /// Moves the link away before it is deleted, for it may be another one by now.
  private static boolean remove(Path link, @Nullable Entry expected) throws IOException {
    Path aside = link.resolveSibling("." + ProcessHandle.current().pid() + "-" + System.nanoTime());
    try {
      Files.move(link, aside);
    } catch (NoSuchFileException e) {
      return false;
    }
    Entry found = read(aside);
    boolean isExpected = found == null ? expected == null : found.equals(expected);
    if (!isExpected && found != null) {
      try {
        Files.createSymbolicLink(link, Path.of(found.text()));
      } catch (FileAlreadyExistsException e) {
        // The name has a third owner meanwhile.
      }
    }
    Files.deleteIfExists(aside);
    try {
      Files.deleteIfExists(DIRECTORY);
    } catch (DirectoryNotEmptyException e) {
      // Other names are in use.
    }
    return isExpected;
  }

  private static @Nullable Entry read(Path link) throws IOException {
    try {
      return Entry.parsed(Files.readSymbolicLink(link).toString());
    } catch (NoSuchFileException | NotLinkException e) {
      return null;
    }
  }

  @SuppressWarnings("NullAway") // a notebook may say anything
  private static Path link(String name) {
    if (name == null) {
      throw new IllegalArgumentException("the name of shared memory is null");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name of shared memory has 1 to 200 letters, digits, '.', '_' and '-', and starts with"
              + " none of '.' and '-': "
              + name);
    }
    return DIRECTORY.resolve(name);
  }

  /// In memory, so that no name outlives the machine; the same for all processes of a user.
  private static Path directory() {
    Path memory = Path.of("/dev/shm");
    Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    return parent.resolve("argosy-" + me().getName());
  }

  /// {@return the user of this process, who need not have a name}
  private static UserPrincipal me() {
    Path self = Path.of("/proc/self");
    try {
      return Files.getOwner(Files.exists(self) ? self : Path.of(System.getProperty("user.home")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell which user this is", e);
    }
  }

  private static FileAttribute<?>[] onlyMine() {
    return DIRECTORY.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void requirePrivate() throws IOException {
    if (!isPrivate()) {
      throw new IOException(DIRECTORY + " belongs to somebody else, or others can enter it");
    }
  }

  /// {@return whether the directory is there, this user's, and nobody else's}
  private static boolean isPrivate() throws IOException {
    if (!Files.isDirectory(DIRECTORY, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (onlyMine().length == 0) {
      return true;
    }
    PosixFileAttributes found =
        Files.readAttributes(DIRECTORY, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return found.owner().equals(me())
        && PosixFilePermissions.toString(found.permissions()).equals("rwx------");
  }
}
