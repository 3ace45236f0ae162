package argosy.kernel.jshell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Map;
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

  CellLoader(ClassLoader parent) {
    super("argosy-cells", new URL[0], parent);
  }

  /// {@return the wrappers whose bodies do not run here}
  Elsewhere elsewhere() {
    return elsewhere;
  }

  /// {@return a class file as it is defined here}
  byte[] woven(byte[] recordedBytes) {
    return Weaver.weave(recordedBytes, wrapper -> elsewhere.absence(wrapper).isPresent());
  }

  /// Makes a class known. It is defined when someone first asks for it, so that classes that need
  /// each other can be announced together.
  void announce(String name, byte[] recordedBytes) {
    recorded.put(name, recordedBytes);
    pending.put(name, woven(recordedBytes));
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
    return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable URL findResource(String name) {
    byte[] bytes = classFile(name);
    if (bytes == null) {
      return super.findResource(name);
    }
    try {
      return URL.of(URI.create("cell:/" + name.replace("$", "%24")), new ClassFileHandler(bytes));
    } catch (IOException e) {
      throw new IllegalStateException("no URL for " + name, e);
    }
  }

  private byte @Nullable [] classFile(String resource) {
    return resource.endsWith(".class")
        ? recorded.get(resource.substring(0, resource.length() - 6).replace('/', '.'))
        : null;
  }

  private static final class ClassFileHandler extends URLStreamHandler {

    private final byte[] bytes;

    ClassFileHandler(byte[] bytes) {
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
