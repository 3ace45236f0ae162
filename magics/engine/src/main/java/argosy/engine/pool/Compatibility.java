package argosy.engine.pool;

import argosy.ProtocolMismatchException;
import argosy.wire.Hello;
import argosy.wire.Protocol;

/// Whether two processes understand each other.
final class Compatibility {

  private Compatibility() {}

  /// Checks what a worker says of itself.
  ///
  /// @param who what the user calls it, such as `worker 3`
  /// @throws ProtocolMismatchException if it speaks another version of the protocol, or if its Java
  ///   is older than this one: it could not define the classes that are compiled here
  static void check(String who, Hello hello) {
    if (hello.version() != Protocol.VERSION) {
      throw new ProtocolMismatchException(
          "%s speaks version %d of the protocol, this process %d; both must come from one"
                  .formatted(who, hello.version(), Protocol.VERSION)
              + " argosy.jar");
    }
    int here = Runtime.version().feature();
    int there = feature(hello.java());
    if (there < here) {
      throw new ProtocolMismatchException(
          "%s runs on Java %s, this process on Java %d; it cannot define the classes that are"
                  .formatted(who, hello.java(), here)
              + " compiled here: start it with Java %d or later".formatted(here));
    }
  }

  /// {@return the number of a release such as `25.0.3`, or 0 if it has none}
  private static int feature(String java) {
    try {
      return Runtime.Version.parse(java).feature();
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
