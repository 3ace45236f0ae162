package argosy.wire.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What belongs to one process and cannot travel, with what to do instead.
final class Denials {

  private static final String OPEN_INSIDE =
      "open it inside the task; capture what names it instead";
  private static final String THREAD =
      "start threads inside the task, or let more tasks do the work";
  private static final String SQL =
      "open the connection inside the task, or run the query first and capture its rows";
  private static final String STREAM =
      "capture the collection that it comes from, or collect it first with toList()";
  private static final String SIGNAL =
      "it coordinates threads of one process; tasks cannot wait for each other through it";
  private static final String CODE = "capture a lambda or a method reference instead";
  private static final String NATIVE =
      "its memory belongs to this process; copy the content into an array";
  private static final String RELOAD = "workers load classes by themselves; capture the data only";
  private static final String INTERNAL =
      "it belongs to the session itself; capture only the data that the task needs";
  private static final String SCREEN = "only this process has the screen; build the picture here";

  /// By the name of a class or interface, for it and all that extends it.
  private static final Map<String, String> BY_SUPERTYPE = new LinkedHashMap<>();

  static {
    deny(THREAD, "java.lang.Thread", "java.lang.ThreadGroup", "java.util.Timer");
    deny(THREAD, "java.util.concurrent.Executor", "java.util.concurrent.CompletionService");
    deny("start processes inside the task", "java.lang.Process", "java.lang.ProcessHandle");
    deny(RELOAD, "java.lang.ClassLoader", "java.lang.Module", "java.lang.ModuleLayer");
    deny(RELOAD, "java.util.ServiceLoader", "java.lang.instrument.Instrumentation");
    deny(OPEN_INSIDE, "java.net.Socket", "java.net.ServerSocket", "java.net.DatagramSocket");
    deny(OPEN_INSIDE, "java.net.URLConnection", "java.net.http.HttpClient");
    deny(OPEN_INSIDE, "java.net.http.WebSocket", "com.sun.net.httpserver.HttpServer");
    deny(OPEN_INSIDE, "java.nio.channels.Channel", "java.nio.channels.Selector");
    deny(OPEN_INSIDE, "java.io.FileInputStream", "java.io.FileOutputStream");
    deny(OPEN_INSIDE, "java.io.RandomAccessFile", "java.io.FileDescriptor", "java.io.Console");
    deny(OPEN_INSIDE, "java.io.PipedInputStream", "java.io.PipedOutputStream");
    deny(OPEN_INSIDE, "java.io.PipedReader", "java.io.PipedWriter", "java.util.zip.ZipFile");
    deny(OPEN_INSIDE, "java.nio.file.WatchService", "java.nio.file.DirectoryStream");
    deny(OPEN_INSIDE, "java.nio.file.FileSystem", "java.nio.file.FileStore");
    deny(SQL, "java.sql.Connection", "java.sql.Statement", "java.sql.ResultSet");
    deny(SQL, "javax.sql.PooledConnection", "java.sql.Driver");
    deny(STREAM, "java.util.stream.BaseStream", "java.util.Spliterator");
    deny(SIGNAL, "java.util.concurrent.CountDownLatch", "java.util.concurrent.CyclicBarrier");
    deny(SIGNAL, "java.util.concurrent.Phaser", "java.util.concurrent.Exchanger");
    deny(SIGNAL, "java.util.concurrent.locks.Condition", "java.util.concurrent.SynchronousQueue");
    deny(CODE, "java.lang.invoke.MethodHandle", "java.lang.invoke.VarHandle");
    deny(CODE, "java.lang.invoke.MethodHandles$Lookup", "java.lang.invoke.CallSite");
    deny(CODE, "java.lang.reflect.AccessibleObject", "java.lang.reflect.RecordComponent");
    deny(CODE, "javax.script.ScriptEngine");
    deny(NATIVE, "java.lang.foreign.MemorySegment", "java.lang.foreign.Arena");
    deny(NATIVE, "java.lang.foreign.SymbolLookup", "java.lang.foreign.Linker");
    deny(NATIVE, "java.util.zip.Inflater", "java.util.zip.Deflater", "java.nio.MappedByteBuffer");
    deny("create it inside the task", "javax.crypto.Cipher", "java.security.SecureRandom");
    deny("create it inside the task", "java.lang.ref.Cleaner", "java.lang.ref.PhantomReference");
    deny("create it inside the task", "java.lang.ref.ReferenceQueue", "java.lang.Runtime");
    deny("get the logger inside the task", "java.lang.System$Logger");
    deny(SCREEN, "java.awt.Component", "java.awt.Graphics", "java.awt.Toolkit", "java.awt.Robot");
    deny(INTERNAL, "jdk.jshell.JShell", "jdk.jshell.Snippet", "jdk.jshell.SourceCodeAnalysis");
  }

  private Denials() {}

  private static void deny(String remedy, String... types) {
    for (String type : types) {
      BY_SUPERTYPE.put(type, remedy);
    }
  }

  /// {@return what to do instead of capturing an object of this class, or null if it may travel}
  static @Nullable String remedyFor(Class<?> type) {
    String name = type.getName();
    boolean isInternal =
        name.startsWith("argosy.engine.")
            || name.startsWith("argosy.kernel.")
            || name.startsWith("jdk.jshell.");
    // What the session itself makes ready to travel, such as a task, says how.
    if (isInternal && !java.io.Serializable.class.isAssignableFrom(type)) {
      return INTERNAL;
    }
    if (isOfThePlatform(type)
        && (java.util.Iterator.class.isAssignableFrom(type)
            || java.util.Enumeration.class.isAssignableFrom(type))
        && !java.util.Scanner.class.isAssignableFrom(type)) {
      return "capture the collection that it walks over and make the iterator inside the task";
    }
    return bySupertype(type);
  }

  private static boolean isOfThePlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
  }

  private static @Nullable String bySupertype(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    String remedy = BY_SUPERTYPE.get(type.getName());
    if (remedy != null) {
      return remedy;
    }
    for (Class<?> each : type.getInterfaces()) {
      String inherited = bySupertype(each);
      if (inherited != null) {
        return inherited;
      }
    }
    return bySupertype(type.getSuperclass());
  }

  /// Refuses every object of a class.
  static final class Refusal extends Coder<Object> {

    private final String remedy;

    Refusal(String remedy) {
      this.remedy = remedy;
    }

    @Override
    void write(GraphWriter writer, Object value) {
      throw new UnshippableException(value.getClass().getTypeName(), remedy);
    }

    @Override
    Object read(GraphReader reader, Class<?> type, int id) {
      throw new IllegalStateException("the bytes are damaged: no " + type.getName() + " travels");
    }
  }
}
