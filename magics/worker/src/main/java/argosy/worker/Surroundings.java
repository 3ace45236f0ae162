package argosy.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// What a task finds around it in its process, and leaves as it was: standard streams, locale, time
/// zone, system properties, handlers of uncaught exceptions, the thread's class loader, name,
/// priority and thread-locals. Only the thread that runs tasks calls this.
final class Surroundings {

  private static final @Nullable VarHandle DEFAULT_TIME_ZONE = defaultTimeZone();
  private static final @Nullable VarHandle THREAD_LOCALS = threadLocals("threadLocals");
  private static final @Nullable VarHandle INHERITABLE = threadLocals("inheritableThreadLocals");

  private final PrintStream out;
  private final PrintStream err;
  private Locale locale = Locale.getDefault();
  private Locale displayLocale = Locale.getDefault(Locale.Category.DISPLAY);
  private Locale formatLocale = Locale.getDefault(Locale.Category.FORMAT);
  private TimeZone timeZone = TimeZone.getDefault();

  /// The object that the platform keeps as its default time zone.
  private @Nullable Object lastTimeZone;

  private final Thread thread = Thread.currentThread();
  private final String threadName = thread.getName();
  private final int threadPriority = thread.getPriority();
  private final UncaughtExceptionHandler threadHandler = thread.getUncaughtExceptionHandler();
  private final @Nullable UncaughtExceptionHandler handler =
      Thread.getDefaultUncaughtExceptionHandler();

  /// Empty, and closing it does nothing.
  private final InputStream in = new ByteArrayInputStream(new byte[0]);

  private final WatchedProperties properties = new WatchedProperties(System.getProperties());
  private final Properties originalProperties = (Properties) System.getProperties().clone();

  /// Remembers how things are, with these as the standard streams.
  Surroundings(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    System.setProperties(properties);
    System.setIn(in);
    System.setOut(out);
    System.setErr(err);
  }

  /// Takes the locale, the time zone and the system properties as they are for those to put back
  /// from now on.
  void adopt() {
    locale = Locale.getDefault();
    displayLocale = Locale.getDefault(Locale.Category.DISPLAY);
    formatLocale = Locale.getDefault(Locale.Category.FORMAT);
    timeZone = TimeZone.getDefault();
    originalProperties.clear();
    originalProperties.putAll(System.getProperties());
  }

  /// Puts everything back that has changed.
  ///
  /// @param loader the context class loader of the next task
  @SuppressWarnings("ReferenceEquality") // the very objects
  void restore(ClassLoader loader) {
    if (System.out != out) {
      System.setOut(out);
    }
    if (System.err != err) {
      System.setErr(err);
    }
    if (System.in != in) {
      System.setIn(in);
    }
    if (System.getProperties() != properties || properties.isChanged()) {
      properties.restore(originalProperties);
      System.setProperties(properties);
    }
    restoreLocale();
    restoreThread(loader);
  }

  @SuppressWarnings("ReferenceEquality") // the very object
  private void restoreLocale() {
    if (!Locale.getDefault().equals(locale)
        || !Locale.getDefault(Locale.Category.DISPLAY).equals(displayLocale)
        || !Locale.getDefault(Locale.Category.FORMAT).equals(formatLocale)) {
      Locale.setDefault(locale);
      Locale.setDefault(Locale.Category.DISPLAY, displayLocale);
      Locale.setDefault(Locale.Category.FORMAT, formatLocale);
    }
    // getDefault() and setDefault() make a copy each.
    if (DEFAULT_TIME_ZONE == null || DEFAULT_TIME_ZONE.get() != lastTimeZone) {
      TimeZone.setDefault(timeZone);
      lastTimeZone = DEFAULT_TIME_ZONE == null ? null : DEFAULT_TIME_ZONE.get();
    }
  }

  @SuppressWarnings({"ReferenceEquality", "ThreadPriorityCheck"}) // puts back, relies on nothing
  private void restoreThread(ClassLoader loader) {
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    if (!thread.getName().equals(threadName)) {
      thread.setName(threadName);
    }
    if (thread.getPriority() != threadPriority) {
      thread.setPriority(threadPriority);
    }
    if (thread.getUncaughtExceptionHandler() != threadHandler) {
      thread.setUncaughtExceptionHandler(threadHandler);
    }
    if (Thread.getDefaultUncaughtExceptionHandler() != handler) {
      Thread.setDefaultUncaughtExceptionHandler(handler);
    }
    if (THREAD_LOCALS != null && INHERITABLE != null) {
      THREAD_LOCALS.set(thread, null);
      INHERITABLE.set(thread, null);
    }
  }

  private static @Nullable VarHandle defaultTimeZone() {
    try {
      return trusted().findStaticVarHandle(TimeZone.class, "defaultTimeZone", TimeZone.class);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
  }

  private static MethodHandles.Lookup trusted() throws ReflectiveOperationException {
    Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    trusted.setAccessible(true);
    return (MethodHandles.Lookup) trusted.get(null);
  }

  private static @Nullable VarHandle threadLocals(String field) {
    try {
      Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
      return trusted().findVarHandle(Thread.class, field, map);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      // Thread-locals outlive their task where java.lang.invoke is not open to us.
      return null;
    }
  }
}
