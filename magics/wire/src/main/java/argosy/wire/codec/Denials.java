package argosy.wire.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What belongs to one process and cannot travel, with what to do instead.
final class Denials {

  private static final Remedy OPEN_INSIDE =
      new Remedy(
          "open it inside the task; capture what names it instead",
          "it is open on the worker only; return what was read from it");
  private static final Remedy THREAD =
      new Remedy(
          "start threads inside the task, or let more tasks do the work",
          "threads stay where they run; return what they have computed");
  private static final Remedy SQL =
      new Remedy(
          "open the connection inside the task, or run the query first and capture its rows",
          "it is open on the worker only; return the rows as a list");
  private static final Remedy STREAM =
      new Remedy(
          "capture the collection that it comes from, or collect it first with toList()",
          "collect it in the task, as with toList()");
  private static final Remedy ITERATOR =
      new Remedy(
          "capture the collection that it walks over and make the iterator inside the task",
          "return the collection that it walks over");
  private static final Remedy SIGNAL =
      Remedy.of(
          "it coordinates threads of one process; tasks cannot wait for each other through it");
  private static final Remedy PROCESS =
      new Remedy(
          "start processes inside the task",
          "processes stay where they were started; return what it has printed");
  private static final Remedy FUTURE =
      new Remedy(
          "wait for it and capture its value", "wait for it in the task and return its value");
  private static final Remedy FUTURE_TASK =
      new Remedy(
          "give it to Parallel.executor().execute, which runs it on a worker, or capture the function"
              + " that it was made of, or its value once it has one",
          "return its value");
  private static final Remedy CODE =
      new Remedy(
          "capture a lambda or a method reference instead",
          "return a lambda or a method reference instead");
  private static final Remedy NATIVE =
      Remedy.of("its memory belongs to this process; copy the content into an array");
  private static final Remedy RELOAD =
      new Remedy(
          "workers load classes by themselves; capture the data only",
          "it belongs to the worker; return the data only");
  private static final Remedy CREATE_INSIDE =
      new Remedy("create it inside the task", "it belongs to the worker; return what it has made");
  private static final Remedy LOGGER =
      new Remedy("get the logger inside the task", "get the logger here");
  private static final Remedy SCREEN =
      new Remedy(
          "only this process has the screen; build the picture here",
          "a worker has no screen; return what it is to show, and build it here");
  private static final Remedy ACTOR =
      new Remedy(
          "it lives in the notebook's own process; make it on the backend processes, or call it there"
              + " with what the task returns",
          "it belongs to the worker; return the data only");
  private static final Remedy UNNAMED =
      new Remedy(
          "its class was made at run time and has no name; create it inside the task",
          "its class was made at run time and has no name; return the data only");
  private static final Remedy INTERNAL =
      new Remedy(
          "it belongs to the session itself; capture only the data that the task needs",
          "it belongs to the worker itself; return the data only");

  /// What an object is made of that nobody has put there: to do without the part is nobody's
  /// choice.
  private static final Set<Remedy> OF_PARTS =
      Set.of(CODE, ITERATOR, STREAM, RELOAD, NATIVE, SIGNAL, FUTURE, FUTURE_TASK);

  /// By the name of a class or interface, for it and all that extends it.
  private static final Map<String, Remedy> BY_SUPERTYPE = new LinkedHashMap<>();

  static {
    deny(THREAD, "java.lang.Thread", "java.lang.ThreadGroup", "java.util.Timer");
    deny(THREAD, "java.util.concurrent.Executor", "java.util.concurrent.CompletionService");
    deny(PROCESS, "java.lang.Process", "java.lang.ProcessHandle");
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
    deny(SIGNAL, "java.util.concurrent.SynchronousQueue", "java.util.concurrent.DelayQueue");
    deny(FUTURE, "java.util.concurrent.Future");
    deny(FUTURE_TASK, "java.util.concurrent.FutureTask");
    deny(CODE, "java.lang.invoke.MethodHandle", "java.lang.invoke.VarHandle");
    deny(CODE, "java.lang.invoke.MethodHandles$Lookup", "java.lang.invoke.CallSite");
    deny(CODE, "java.lang.reflect.AccessibleObject", "java.lang.reflect.RecordComponent");
    deny(CODE, "javax.script.ScriptEngine");
    deny(NATIVE, "java.lang.foreign.MemorySegment", "java.lang.foreign.Arena");
    deny(NATIVE, "java.lang.foreign.SymbolLookup", "java.lang.foreign.Linker");
    deny(NATIVE, "java.util.zip.Inflater", "java.util.zip.Deflater");
    deny(CREATE_INSIDE, "javax.crypto.Cipher", "java.security.SecureRandom");
    deny(CREATE_INSIDE, "javax.crypto.KeyGenerator", "javax.crypto.KeyAgreement");
    deny(CREATE_INSIDE, "java.security.KeyPairGenerator");
    deny(CREATE_INSIDE, "java.lang.ref.Cleaner", "java.lang.ref.PhantomReference");
    deny(CREATE_INSIDE, "java.lang.ref.ReferenceQueue", "java.lang.Runtime");
    deny(CREATE_INSIDE, "java.lang.management.PlatformManagedObject");
    deny(CREATE_INSIDE, "javax.management.MBeanServerConnection");
    deny(LOGGER, "java.lang.System$Logger");
    deny(SCREEN, "java.awt.Component", "java.awt.Graphics", "java.awt.Toolkit", "java.awt.Robot");
    deny(ACTOR, "argosy.Actor");
    deny(INTERNAL, "jdk.jshell.JShell", "jdk.jshell.Snippet", "jdk.jshell.SourceCodeAnalysis");
  }

  private Denials() {}

  private static void deny(Remedy remedy, String... types) {
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
          ITERATOR);
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

  /// {@return what refuses the session's own objects}
  static Refusal ofInternal() {
    return new Refusal(null, INTERNAL);
  }

  /// {@return what refuses an object whose class the other end cannot find by its name}
  static Refusal ofUnnamed() {
    return new Refusal(null, UNNAMED);
  }

  /// {@return what to do about an object of the platform of which a part cannot travel}
  ///
  /// @param remedy what to do about the part, which stays right if the user has put it there, as
  ///   into a reference or a collection
  static Remedy remedyOfWhole(Class<?> type, Remedy remedy) {
    boolean isHolder =
        type.getPackageName().equals("java.lang.ref")
            || type.getPackageName().startsWith("java.util");
    return !isHolder && OF_PARTS.contains(remedy) ? CREATE_INSIDE : remedy;
  }

  static boolean isOfThePlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
  }

  private static @Nullable Refusal bySupertype(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    Remedy remedy = BY_SUPERTYPE.get(type.getName());
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
    private final Remedy remedy;

    /// @param kind the class or interface that cannot travel, or null for the object's own class
    Refusal(@Nullable String kind, Remedy remedy) {
      this.kind = kind;
      this.remedy = remedy;
    }

    @Override
    void write(GraphWriter writer, Object value) {
      throw new UnshippableException(named(value.getClass()), remedy);
    }

    private String named(Class<?> type) {
      if (kind == null || KnownName.isKnown(type)) {
        return type.getName();
      }
      return isInternal(type) ? kind : kind + " (" + type.getName() + ")";
    }

    @Override
    Object read(GraphReader reader, Class<?> type, int id) {
      throw new IllegalStateException("the bytes are damaged: no " + type.getName() + " travels");
    }
  }
}
