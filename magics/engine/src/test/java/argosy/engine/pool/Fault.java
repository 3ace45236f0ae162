package argosy.engine.pool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What can go wrong in a worker, with a way to make it happen from inside.
enum Fault {
  EXCEPTION(false, "thrown on purpose"),
  ERROR(false, "an error on purpose"),
  EXIT(true, "exit code 7"),
  HALT(true, "exit code 42"),
  KILL(true, "signal 9 (SIGKILL)"),
  SEGFAULT(true, "SIGSEGV"),
  HEAP(true, "ran out of memory (java.lang.OutOfMemoryError: Java heap space"),
  DIRECT(false, "direct buffer memory"),
  METASPACE(true, "ran out of memory (java.lang.OutOfMemoryError: Metaspace"),
  STACK(false, "StackOverflowError"),
  STOP(true, "its task did not give in"),
  CLOSED_SOCKET(true, "it had closed its connection"),
  GARBAGE(true, "not of this protocol");

  /// Options under which everything that can be exhausted is exhausted soon.
  static final List<String> JVM = List.of("-XX:MaxMetaspaceSize=48m", "-XX:MaxDirectMemorySize=8m");

  static final String HEAP_SIZE = "48m";

  /// Whether the worker ends with it.
  final boolean isDeadly;

  /// What is said about it.
  final String message;

  Fault(boolean isDeadly, String message) {
    this.isDeadly = isDeadly;
    this.message = message;
  }

  /// An error that nobody expects.
  static final class Surprise extends Error {
    private static final long serialVersionUID = 1L;

    Surprise() {
      super("an error on purpose");
    }
  }

  /// Writes this process's number to a file, as a proof, then makes it happen.
  void strike(String proof) {
    try {
      Files.writeString(Path.of(proof), Long.toString(ProcessHandle.current().pid()));
      happen();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the fault did not happen", e);
    }
  }

  private void happen() throws IOException, InterruptedException {
    switch (this) {
      case EXCEPTION -> throw new UnsupportedOperationException("thrown on purpose");
      case ERROR -> throw new Surprise();
      case EXIT -> System.exit(7);
      case HALT -> Runtime.getRuntime().halt(42);
      case KILL -> signal("-KILL");
      case SEGFAULT -> writeToNowhere();
      case HEAP -> fillTheHeap();
      case DIRECT -> fillDirectMemory();
      case METASPACE -> fillMetaspace();
      case STACK -> dive(0);
      case STOP -> signal("-STOP");
      case CLOSED_SOCKET -> {
        forEachSocket("close", -1);
        Thread.sleep(60_000);
      }
      case GARBAGE -> {
        forEachSocket("write", 64);
        Thread.sleep(60_000);
      }
    }
  }

  private static void signal(String signal) throws IOException, InterruptedException {
    String me = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", signal, me).start().waitFor();
    Thread.sleep(60_000);
  }

  @SuppressWarnings("restricted") // the crash is what is wanted
  private static void writeToNowhere() {
    MemorySegment.NULL.reinterpret(8).set(ValueLayout.JAVA_INT, 0, 1);
  }

  private static void fillTheHeap() {
    Object[] chain = {};
    while (true) {
      chain = new Object[] {chain, new long[100_000]};
    }
  }

  @SuppressWarnings("ModifiedButNotUsed") // kept, that is the point
  private static void fillDirectMemory() {
    List<ByteBuffer> buffers = new ArrayList<>();
    while (true) {
      buffers.add(ByteBuffer.allocateDirect(1 << 20));
    }
  }

  @SuppressWarnings("ModifiedButNotUsed") // kept, that is the point
  private static void fillMetaspace() {
    List<Object> proxies = new ArrayList<>();
    while (true) {
      ClassLoader loader = new ClassLoader(Fault.class.getClassLoader()) {};
      proxies.add(
          Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class}, (_, _, _) -> null));
    }
  }

  @SuppressWarnings("InfiniteRecursion") // that is the fault
  private static int dive(int depth) {
    return 1 + dive(depth + 1);
  }

  /// Calls `close(socket)` or `write(socket, bytes, size)` for every socket of this process.
  @SuppressWarnings("restricted") // past the JDK, as native code would
  private static void forEachSocket(String function, int size) throws IOException {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().find(function).orElseThrow();
    FunctionDescriptor type =
        size < 0
            ? FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
            : FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG);
    MethodHandle call = linker.downcallHandle(address, type);
    List<Integer> sockets = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (isSocket(descriptor)) {
          sockets.add(Integer.parseInt(descriptor.getFileName().toString()));
        }
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, size)).fill((byte) 0x2a);
      for (int socket : sockets) {
        Object _ =
            size < 0
                ? call.invokeWithArguments(socket)
                : call.invokeWithArguments(socket, bytes, (long) size);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }
}
