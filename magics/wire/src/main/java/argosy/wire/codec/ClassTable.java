package argosy.wire.codec;

/// How the classes of one graph are named on the wire: a class that both ends find on their class
/// path by its name, a class that was shipped by its number.
public interface ClassTable {

  /// What [#numberOf] answers for a class that travels by its name.
  int BY_NAME = -1;

  /// {@return the number of a shipped class, or [#BY_NAME]}
  ///
  /// @param type not an array and not a primitive
  /// @throws UnshippableException if the other end could not find the class
  int numberOf(Class<?> type);

  /// {@return the class that the other end gave this number}
  Class<?> numbered(int number);

  /// {@return the class of this name}
  Class<?> named(String name) throws ClassNotFoundException;

  /// {@return whether [#named] gives this very class; those of the platform are not looked for}
  default boolean isNamed(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || loader.equals(ClassLoader.getPlatformClassLoader())) {
      return true;
    }
    try {
      return named(type.getName()) == type;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /// Says that a lambda was written, whose implementation the other end will call.
  default void met(LambdaShape lambda) {}

  /// Says that an object was written whose methods the other end may call.
  default void met(Class<?> type) {}

  /// {@return the name of a method, or a descriptor, as it is to be written}
  default String spelled(String name) {
    return name;
  }

  /// {@return whether code that the other end may run has this text as a literal, and may compare
  /// it by identity}
  default boolean isLiteral(String text) {
    return false;
  }

  /// {@return how the person who wrote the lambda calls a value that it captures}
  ///
  /// @param index counts what the lambda captures from 0
  default String capturedName(LambdaShape lambda, int index) {
    return "value " + (index + 1);
  }
}
