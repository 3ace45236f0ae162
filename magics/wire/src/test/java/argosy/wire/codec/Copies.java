package argosy.wire.codec;

import org.jspecify.annotations.Nullable;

/// Values sent through the codec and back, with classes found by name.
final class Copies {

  static final ClassTable BY_NAME =
      naming(name -> Class.forName(name, false, Copies.class.getClassLoader()));

  /// Finds the class that a name stands for.
  @FunctionalInterface
  interface Names {
    Class<?> named(String name) throws ClassNotFoundException;
  }

  private Copies() {}

  /// {@return a table in which every class has its name only}
  static ClassTable naming(Names names) {
    return new ClassTable() {
      @Override
      public int numberOf(Class<?> type) {
        return ClassTable.BY_NAME;
      }

      @Override
      public Class<?> numbered(int number) {
        throw new IllegalStateException("no class has a number here");
      }

      @Override
      public Class<?> named(String name) throws ClassNotFoundException {
        return names.named(name);
      }
    };
  }

  static @Nullable Object copy(@Nullable Object value) {
    return new GraphReader(BY_NAME, bytes(value)).read();
  }

  static byte[] bytes(@Nullable Object value) {
    GraphWriter writer = new GraphWriter(BY_NAME);
    writer.write(value);
    return writer.bytes();
  }
}
