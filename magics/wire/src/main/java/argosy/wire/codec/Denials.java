package argosy.wire.codec;

import java.lang.reflect.Modifier;
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
  static final String INTERNAL =
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
    deny(SIGNAL, "java.util.concurrent.SynchronousQueue");
    deny("wait for it and capture its value", "java.util.concurrent.Future");
    deny(CODE, "java.lang.invoke.MethodHandle", "java.lang.invoke.VarHandle");
    deny(CODE, "java.lang.invoke.MethodHandles$Lookup", "java.lang.invoke.CallSite");
    deny(CODE, "java.lang.reflect.AccessibleObject", "java.lang.reflect.RecordComponent");
    deny(CODE, "javax.script.ScriptEngine");
    deny(NATIVE, "java.lang.foreign.MemorySegment", "java.lang.foreign.Arena");
    deny(NATIVE, "java.lang.foreign.SymbolLookup", "java.lang.foreign.Linker");
    deny(NATIVE, "java.util.zip.Inflater", "java.util.zip.Deflater");
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

  /// {@return what refuses an object of this class, or null if it may travel}
  static @Nullable Refusal of(Class<?> type) {
    if (isOfThePlatform(type)
        && (java.util.Iterator.class.isAssignableFrom(type)
            || java.util.Enumeration.class.isAssignableFrom(type))
        && !java.util.Scanner.class.isAssignableFrom(type)) {
      return new Refusal(
          java.util.Iterator.class.isAssignableFrom(type)
              ? "java.util.Iterator"
              : "java.util.Enumeration",
          "capture the collection that it walks over and make the iterator inside the task");
    }
    return bySupertype(type);
  }

  /// {@return whether a class is the session's own, whose objects travel only if they replace
  /// themselves or are made to}
  static boolean isInternal(Class<?> type) {
    String name = type.getName();
    return name.startsWith("argosy.engine.")
        || name.startsWith("argosy.kernel.")
        || name.startsWith("jdk.jshell.");
  }

  private static boolean isOfThePlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
  }

  private static @Nullable Refusal bySupertype(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    String remedy = BY_SUPERTYPE.get(type.getName());
    if (remedy != null) {
      return new Refusal(type.getName(), remedy);
    }
    for (Class<?> each : type.getInterfaces()) {
      Refusal inherited = bySupertype(each);
      if (inherited != null) {
        return inherited;
      }
    }
    return bySupertype(type.getSuperclass());
  }

  /// Refuses every object of a class.
  static final class Refusal extends Coder<Object> {

    private final @Nullable String kind;
    private final String remedy;

    /// @param kind the class or interface that cannot travel, or null for the object's own class
    Refusal(@Nullable String kind, String remedy) {
      this.kind = kind;
      this.remedy = remedy;
    }

    @Override
    void write(GraphWriter writer, Object value) {
      String name = value.getClass().getName();
      boolean isPlain = kind == null || isKnown(value.getClass());
      throw new UnshippableException(isPlain ? name : kind + " (" + name + ")", remedy);
    }

    /// Whether people know the class by its name, and not only what it extends.
    private static boolean isKnown(Class<?> type) {
      return Modifier.isPublic(type.getModifiers())
          && (type.getName().startsWith("java.") || type.getClassLoader() != null);
    }

    @Override
    Object read(GraphReader reader, Class<?> type, int id) {
      throw new IllegalStateException("the bytes are damaged: no " + type.getName() + " travels");
    }
  }
}
