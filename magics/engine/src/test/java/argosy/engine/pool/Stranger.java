package argosy.engine.pool;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// A program that tries to get at the workers of somebody, and prints how far it came: a line for
/// each attempt, its name and what came of it. One class file and the JDK, so that any user can run
/// it.
/*
 * What comes of an attempt is `done`, or the exception. The names of attempts are what StrangerIT
 * looks for.
 */
public final class Stranger {

  private Stranger() {}

  /// Tries everything in turn.
  ///
  /// @param args a directory that anybody may enter, with a socket `s`; the rendezvous; what to say
  ///   there, in hexadecimal digits; the path of some shared memory; the link that is its published
  ///   name; the pid of a worker
  public static void main(String[] args) {
    Path open = Path.of(args[0]);
    Path rendezvous = Path.of(args[1]);
    byte[] greeting = HexFormat.of().parseHex(args[2]);
    Path memory = Path.of(args[3]);
    Path name = Path.of(args[4]);
    Path worker = Path.of("/proc", args[5]);

    attempt("enter where all may", () -> list(open));
    attempt("connect where all may", () -> connect(open.resolve("s"), new byte[0]));
    attempt("list the rendezvous", () -> list(rendezvous));
    attempt("open the progress file", () -> open(rendezvous.resolve("p")));
    attempt("connect", () -> connect(rendezvous.resolve("s"), new byte[0]));
    attempt("greet", () -> connect(rendezvous.resolve("s"), greeting));
    attempt("plant a file", () -> plant(rendezvous.resolve("planted")));
    attempt("list the kernel's files", () -> list(memory.resolveSibling("")));
    attempt("open memory", () -> open(memory));
    attempt("list names", () -> list(name.resolveSibling("")));
    attempt("read a name", () -> follow(name));
    attempt("plant a name", () -> plant(name.resolveSibling("planted")));
    attempt("list the worker's files", () -> list(worker.resolve("fd")));
    attempt("read the worker's environment", () -> read(worker.resolve("environ")));
  }

  private static void attempt(String name, Callable<String> action) {
    String result;
    try {
      result = action.call();
    } catch (Exception e) {
      result = e.toString();
    }
    System.out.println(name + ": " + result);
  }

  private static String list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count() > 0 ? "done" : "found nothing";
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readAllBytes(file).length > 0 ? "done" : "found nothing";
  }

  private static String follow(Path link) throws IOException {
    return Files.readSymbolicLink(link).toString().isEmpty() ? "found nothing" : "done";
  }

  private static String open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.isOpen() ? "done" : "closed";
    }
  }

  private static String plant(Path file) throws IOException {
    Files.createFile(file);
    Files.delete(file);
    return "done";
  }

  /// Says something, if it is to say anything, and waits for an answer.
  private static String connect(Path socket, byte[] greeting) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      if (greeting.length == 0) {
        return "done";
      }
      channel.write(ByteBuffer.wrap(greeting));
      return channel.read(ByteBuffer.allocate(1)) < 0 ? "turned away" : "done";
    }
  }
}
