package argosy.kernel.jshell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Defines the classes of cells, and finds those of the jars and folders that cells have added.
final class CellLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> pending = new ConcurrentHashMap<>();
  private final Map<String, byte[]> recorded = new ConcurrentHashMap<>();
  private final Elsewhere elsewhere = new Elsewhere();
  private final Shapes shapes;

  /// The classes of the snippets that pass, by the names of their wrappers.
  private final Map<String, Set<String>> passing = new ConcurrentHashMap<>();

  private final Map<String, WeakReference<PassingLoader>> passingLoaders =
      new ConcurrentHashMap<>();

  CellLoader(ClassLoader parent) {
    super("argosy-cells", new URL[0], parent);
    this.shapes = parent instanceof CellLoader original ? original.shapes : new Shapes();
  }

  /// What each name of a class in a cell means now.
  private final Map<String, String> named = new ConcurrentHashMap<>();

  /// {@return what the classes of packages are called here}
  Shapes shapes() {
    return shapes;
  }

  /// {@return the wrappers whose bodies do not run here}
  Elsewhere elsewhere() {
    return elsewhere;
  }

  /// {@return a class file as it is defined here}
  byte[] woven(byte[] recordedBytes) {
    return Weaver.weave(recordedBytes, wrapper -> elsewhere.absence(wrapper).isPresent());
  }

  /// Makes classes known. Each is defined when someone first asks for it, so that classes that need
  /// each other can be announced together.
  void announce(Map<String, byte[]> classes) {
    Map<String, Map<String, byte[]>> byWrapper = new HashMap<>();
    classes.forEach((name, bytes) ->
        byWrapper
            .computeIfAbsent(Wrappers.wrapperOf(name).orElse(name), _ -> new HashMap<>())
            .put(name, bytes));
    recorded.putAll(classes);
    byWrapper.forEach((wrapper, group) -> {
      if (Passing.may(wrapper, group, recorded::get)) {
        passing.put(wrapper, Set.copyOf(group.keySet()));
      } else {
        group.forEach((name, bytes) -> {
          pending.put(name, woven(bytes));
          if (Passing.declares(wrapper, name)) {
            named.put(name.substring(wrapper.length() + 1), name);
          }
        });
      }
    });
  }

  /// {@return a class of a cell or a library; one that passes and has gone is defined once more}
  Class<?> find(String name) throws ClassNotFoundException {
    String wrapper = passingWrapper(name);
    return wrapper == null
        ? Class.forName(name, false, this)
        : passingLoader(wrapper).loadClass(name);
  }

  /// {@return the whole name of the class that a cell calls so, `$` before what is nested}
  Optional<String> declared(String name) {
    return Optional.ofNullable(named.get(name));
  }

  /// {@return whether a class goes when nothing needs it any more}
  boolean isPassing(String name) {
    return passingWrapper(name) != null;
  }

  /// {@return whether a class passes, and is not defined now}
  boolean hasPassed(String name) {
    String wrapper = passingWrapper(name);
    return wrapper != null && livePassingLoader(wrapper) == null;
  }

  /// {@return whether a class may have the code of `changed`, as far as its loader matters}
  boolean mayBecome(String name, byte[] changed) {
    String wrapper = passingWrapper(name);
    if (wrapper == null) {
      return true;
    }
    Map<String, byte[]> group = recordedOf(wrapper);
    group.put(name, changed);
    return Passing.may(wrapper, group, recorded::get);
  }

  /// {@return whether a class is one of a cell}
  boolean owns(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == this || (loader instanceof PassingLoader own && own.getParent() == this);
  }

  /// {@return the loader that knows the code of a class: this one, or that of a copy of the
  /// session; null if it is no cell's}
  @Nullable CellLoader home(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    ClassLoader cells = loader instanceof PassingLoader ? loader.getParent() : loader;
    return cells instanceof CellLoader home && (home == this || home.getParent() == this)
        ? home
        : null;
  }

  private Map<String, byte[]> recordedOf(String passingWrapper) {
    Map<String, byte[]> classes = new HashMap<>();
    for (String name : passing.getOrDefault(passingWrapper, Set.of())) {
      classes.put(name, Objects.requireNonNull(recorded.get(name), "announced"));
    }
    return classes;
  }

  private @Nullable String passingWrapper(String name) {
    return Wrappers.wrapperOf(name).filter(passing::containsKey).orElse(null);
  }

  private @Nullable PassingLoader livePassingLoader(String wrapper) {
    WeakReference<PassingLoader> known = passingLoaders.get(wrapper);
    return known == null ? null : known.get();
  }

  private synchronized PassingLoader passingLoader(String wrapper) {
    PassingLoader loader = livePassingLoader(wrapper);
    if (loader == null) {
      Map<String, byte[]> woven = recordedOf(wrapper);
      woven.replaceAll((name, bytes) -> woven(bytes));
      loader = new PassingLoader(this, woven);
      passingLoaders.put(wrapper, new WeakReference<>(loader));
    }
    return loader;
  }

  /// Exchanges the recorded bytecode of a class whose running code was exchanged.
  void rerecord(String name, byte[] recordedBytes) {
    recorded.put(name, recordedBytes);
  }

  byte @Nullable [] recorded(String name) {
    return recorded.get(name);
  }

  Map<String, byte[]> allRecorded() {
    return Map.copyOf(recorded);
  }

  /// {@return the class if it has been defined}
  @Nullable Class<?> defined(String name) {
    return findLoadedClass(name);
  }

  /// Searches an entry too; one that is searched already is left out.
  void add(URL entry) {
    addURL(entry);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = pending.remove(name);
    if (bytes == null && passingWrapper(name) != null) {
      return find(name); // for code that knows a class by its name only, and then keeps it
    }
    if (bytes == null) {
      return super.findClass(name);
    }
    setClassAssertionStatus(name, true); // who writes one in a cell means it; libraries' stay off
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable URL findResource(String name) {
    byte[] bytes = classFile(name);
    URL found = bytes == null ? super.findResource(name) : null;
    try {
      if (found != null && name.equals(RemovedMethods.LIST)) {
        bytes = RemovedMethods.without(found);
      }
      return bytes == null
          ? found
          : URL.of(URI.create("cell:/" + name.replace("$", "%24")), new BytesHandler(bytes));
    } catch (IOException e) {
      throw new IllegalStateException("no URL for " + name, e);
    }
  }

  private byte @Nullable [] classFile(String resource) {
    return resource.endsWith(".class")
        ? recorded.get(resource.substring(0, resource.length() - 6).replace('/', '.'))
        : null;
  }

  private static final class BytesHandler extends URLStreamHandler {

    private final byte[] bytes;

    BytesHandler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }

        @Override
        public long getContentLengthLong() {
          return bytes.length;
        }
      };
    }
  }
}
