package argosy.kernel.jshell;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A temporary folder of this process. Those of processes that were killed go when another one
/// [sweeps][#sweep].
/*
 * Who lives. The owner holds a lock on a file in its folder, which the system releases when the
 * process dies, however that happens. A number of a process would say less: it is given again, and it
 * means another process, or none, in a container that shares the temporary folder.
 *
 * The file gets its name once it is locked, and goes last, so that a folder whose file is not locked
 * is nobody's, and one without the file is left alone.
 */
final class CellFolder implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(CellFolder.class.getName());
  private static final String PREFIX = "argosy-cells";
  private static final String OWNER = "owner";

  /// The folders of this process. Their locks must not be tried: on many systems a process loses a
  /// lock as soon as it closes the file anywhere.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel owner;

  private CellFolder(Path path, FileChannel owner) {
    this.path = path;
    this.owner = owner;
  }

  /// Makes one.
  ///
  /// @param parent the folder for temporary files
  static CellFolder create(Path parent) throws IOException {
    Path path = Files.createTempDirectory(parent, PREFIX).toRealPath();
    OWN.add(path);
    Path unnamed = path.resolve(OWNER + ".new");
    FileChannel owner =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      if (owner.tryLock() != null) {
        Files.move(unnamed, path.resolve(OWNER));
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "nobody will know whose " + path + " is", e);
    }
    return new CellFolder(path, owner);
  }

  Path path() {
    return path;
  }

  /// Deletes the folders of this user's processes that have died.
  static void sweep(Path parent) {
    Optional<String> user = ProcessHandle.current().info().user();
    if (user.isEmpty()) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        sweep(folder, user.get());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot look for folders in " + parent, e);
    }
  }

  private static void sweep(Path folder, String user) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(user)
          || OWN.contains(folder.toRealPath())
          || !Files.isRegularFile(folder.resolve(OWNER), LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      try (FileChannel owner =
              FileChannel.open(
                  folder.resolve(OWNER), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
          FileLock lock = owner.tryLock()) {
        if (lock != null) {
          delete(folder);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot delete " + folder, e);
    }
  }

  @Override
  public void close() {
    try {
      delete(path);
      owner.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot delete " + path, e);
    }
    OWN.remove(path);
  }

  /// The file that says whose it is goes last.
  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!entry.endsWith(OWNER)) {
          deleteTree(entry);
        }
      }
    }
    deleteTree(folder);
  }

  /// Deletes a file, or a folder with all that it has, if it is there.
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
