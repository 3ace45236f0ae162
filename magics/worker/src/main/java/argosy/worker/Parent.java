package argosy.worker;

import argosy.wire.Payload;
import argosy.wire.Protocol;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// The process that started this one, seen through standard input: it says the token, then nothing,
/// and the stream ends when it dies, however it dies.
final class Parent {

  private static final int TOKEN_DIGITS = 32;
  private static final int DONE = 0;

  private final InputStream stdin;
  private final List<Path> leftovers;

  /// @param leftovers what the parent deletes when this worker has connected, if it still can
  Parent(InputStream stdin, List<Path> leftovers) {
    this.stdin = stdin;
    this.leftovers = leftovers;
  }

  /// Blocks until the parent has said it.
  Payload token() throws IOException {
    byte[] digits = stdin.readNBytes(TOKEN_DIGITS);
    if (digits.length < TOKEN_DIGITS) {
      throw new EOFException("the token on standard input has %d digits".formatted(digits.length));
    }
    return Payload.of(
        HexFormat.of().parseHex(new String(digits, java.nio.charset.StandardCharsets.US_ASCII)));
  }

  /// Ends this process and its children as soon as the parent is gone.
  void watch() {
    Thread thread = new Thread(this::awaitEnd, "argosy/parent");
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitEnd() {
    try {
      while (stdin.read() >= 0) {
        // The parent has nothing more to say.
      }
    } catch (IOException e) {
      // Standard input is gone, and with it the only way to see the parent.
    }
    leave();
  }

  /// Ends this process at once, with every process that its tasks started.
  void leave() {
    leave(DONE);
  }

  /// Ends this process as [#leave()] does, because it can no longer be reached.
  void leaveUnreachable() {
    leave(Protocol.UNREACHABLE);
  }

  private void leave(int exitCode) {
    try {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    } catch (IOException | RuntimeException e) {
      // Nobody is left to hear of it.
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
