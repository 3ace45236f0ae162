package argosy.wire.codec;

import java.io.InvalidObjectException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What travels by a name that both ends know: enum constants, classes, paths and the like.
final class NamedCoders {

  private NamedCoders() {}

  /// An enum constant, by its class and name.
  static final class OfEnum extends Coder<Enum<?>> {

    @Override
    void write(GraphWriter writer, Enum<?> constant) {
      writer.table().met(constant.getDeclaringClass());
      writer.out().writeString(constant.name());
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // the class of an enum constant is an enum
    Enum<?> read(GraphReader reader, Class<? extends Enum<?>> type, int id) {
      return Enum.valueOf((Class) type, reader.in().readString());
    }
  }

  /// A class as a value.
  static final class OfClass extends Coder<Class<?>> {

    @Override
    void write(GraphWriter writer, Class<?> type) {
      writer.classOf(type);
    }

    @Override
    Class<?> read(GraphReader reader, Class<? extends Class<?>> type, int id) {
      return reader.classOf();
    }
  }

  /// A path of the file system that both ends share.
  static final class OfPath extends Coder<Path> {

    @Override
    void write(GraphWriter writer, Path path) {
      if (!path.getFileSystem().equals(FileSystems.getDefault())) {
        throw new UnshippableException(
            "a path in " + path.getFileSystem().getClass().getName(),
            "capture the path as a string and open the file system inside the task");
      }
      writer.out().writeString(path.toString());
    }

    @Override
    Path read(GraphReader reader, Class<? extends Path> type, int id) {
      return Path.of(reader.in().readString());
    }
  }

  /// A character set.
  static final class OfCharset extends Coder<Charset> {

    @Override
    void write(GraphWriter writer, Charset charset) {
      writer.out().writeString(charset.name());
    }

    @Override
    Charset read(GraphReader reader, Class<? extends Charset> type, int id) {
      return Charset.forName(reader.in().readString());
    }
  }

  /// A logger of java.util.logging, which becomes the other process's own of that name.
  static final class OfLogger extends Coder<Logger> {

    @Override
    void write(GraphWriter writer, Logger logger) {
      writer.out().writeString(logger.getName());
    }

    @Override
    Logger read(GraphReader reader, Class<? extends Logger> type, int id) {
      String name = reader.in().readString();
      return name == null ? Logger.getAnonymousLogger() : Logger.getLogger(name);
    }
  }

  /// A logger of the platform, which becomes the other process's own of that name.
  static final class OfSystemLogger extends Coder<System.Logger> {

    @Override
    void write(GraphWriter writer, System.Logger logger) {
      writer.out().writeString(logger.getName());
    }

    @Override
    System.Logger read(GraphReader reader, Class<? extends System.Logger> type, int id) {
      return System.getLogger(reader.in().readString());
    }
  }

  /// A proxy: its interfaces and its handler.
  static final class OfProxy extends Coder<Object> {

    @Override
    void write(GraphWriter writer, Object proxy) {
      Class<?>[] interfaces = proxy.getClass().getInterfaces();
      writer.out().writeVarInt(interfaces.length, true);
      for (Class<?> each : interfaces) {
        writer.classOf(each);
      }
      try {
        writer.value(Proxy.getInvocationHandler(proxy));
      } catch (UnshippableException e) {
        throw e.at("invocation handler");
      }
    }

    @Override
    Object read(GraphReader reader, Class<?> type, int id) {
      Class<?>[] interfaces = new Class<?>[reader.in().readLength(1)];
      ClassLoader loader = null;
      for (int i = 0; i < interfaces.length; i++) {
        interfaces[i] = reader.classOf();
        loader = loader == null ? interfaces[i].getClassLoader() : loader;
      }
      Object handler = reader.value();
      try {
        if (handler instanceof InvocationHandler called) {
          return Proxy.newProxyInstance(loader, interfaces, called);
        }
        throw new InvalidObjectException("a proxy without a handler");
      } catch (InvalidObjectException e) {
        throw Thrower.unchecked(e);
      }
    }
  }

  /// An object that its class replaces by another one.
  static final class OfReplaced extends Coder<Object> {

    private final java.lang.invoke.@Nullable MethodHandle writeReplace;
    private final @Nullable Coding itself;

    /// @param itself for a class that answers with an object of its own class
    OfReplaced(java.lang.invoke.@Nullable MethodHandle writeReplace, @Nullable Coding itself) {
      this.writeReplace = writeReplace;
      this.itself = itself;
    }

    @Override
    void write(GraphWriter writer, Object value) {
      writer.foreignCode(value.getClass());
      writer.contentNeeded();
      Object replacement;
      try {
        replacement = writeReplace == null ? value : (Object) writeReplace.invokeExact(value);
      } catch (Throwable e) {
        throw Failures.whileWriting(value, e);
      }
      if (replacement != null && replacement.getClass() == value.getClass() && itself != null) {
        writer.out().writeByte(1);
        writer.classOf(itself.wireType());
        writer.write(itself, replacement);
      } else {
        writer.out().writeByte(0);
        writer.value(replacement);
      }
      writer.contentWritten();
    }

    @Override
    @SuppressWarnings("NullAway") // writeReplace may answer null, and then null arrives
    Object read(GraphReader reader, Class<?> type, int id) {
      if (reader.in().readByte() == 0) {
        return reader.value();
      }
      Class<?> itsClass = reader.classOf();
      return reader.read(Codings.ofItself(itsClass), itsClass, id);
    }
  }
}
