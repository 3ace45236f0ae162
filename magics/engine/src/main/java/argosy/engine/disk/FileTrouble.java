package argosy.engine.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says in words what the JDK says with the class of an exception.
final class FileTrouble {

  private FileTrouble() {}

  /// {@return why a file cannot be read or written}
  static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "there is no permission for " + denied.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is no folder";
      case FileSystemException other when other.getReason() == null -> e.toString();
      case FileSystemException other -> other.getFile() + ": " + other.getReason();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
