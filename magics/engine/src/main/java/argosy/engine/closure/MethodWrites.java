package argosy.engine.closure;

import java.util.HashSet;
import java.util.Set;

/// What one method changes of objects that it has not made itself, and where it puts them.
///
/// Objects are told apart by their origin, from which they are reached: a set of bits. Each
/// parameter has two, one for the object itself and one for what is inside it; an instance method's
/// object is the first of them. The bits of statics are the same for all methods of one analysis.
///
/// @param returned the origins of what it returns
/// @param writes what it changes
/// @param stores what it stores into what
record MethodWrites(long returned, Set<Write> writes, Set<Store> stores) {

  static final MethodWrites NOTHING = new MethodWrites(0, Set.of(), Set.of());

  static final int PARAMETERS = 12;
  static final int STATICS = 36;
  static final long UNKNOWN = 1L << 61;

  private static final long THEMSELVES = (1L << PARAMETERS) - 1;
  private static final long OF_PARAMETERS = (1L << (2 * PARAMETERS)) - 1;

  MethodWrites {
    writes = Set.copyOf(writes);
    stores = Set.copyOf(stores);
  }

  /// {@return the bit of a parameter}
  static long parameter(int index) {
    return index < PARAMETERS ? 1L << index : UNKNOWN;
  }

  /// {@return the bit of a static, or of what else an analysis tells apart}
  static long staticAt(int index) {
    return index < STATICS ? 1L << (2 * PARAMETERS + index) : UNKNOWN;
  }

  /// {@return the origins of what is inside an object}
  static long inside(long origins) {
    return (origins & ~THEMSELVES) | (origins & THEMSELVES) << PARAMETERS;
  }

  /// An object is changed.
  ///
  /// @param origins of the object
  /// @param what is changed: an array's descriptor, the internal name of a class, or [#ANYTHING]
  record Write(long origins, String what, Place place) {

    /// Code that nobody has looked at gets the object.
    static final String ANYTHING = "*";
  }

  /// An object is put into another one.
  ///
  /// @param target the origins of the other one, none if this method made it
  /// @param value the origins of the object
  record Store(long target, long value) {}

  /// A line of a method.
  ///
  /// @param line -1 if the bytecode does not tell
  record Place(Class<?> owner, String method, int line) {}

  /// {@return what this means to a caller that passes these}
  ///
  /// @param arguments the origins of each argument
  /// @param inside the origins of what is inside each
  MethodWrites calledWith(long[] arguments, long[] inside) {
    Set<Write> changed = new HashSet<>();
    for (Write write : writes) {
      long origins = mapped(write.origins(), arguments, inside);
      if (origins != 0) {
        changed.add(new Write(origins, write.what(), write.place()));
      }
    }
    Set<Store> stored = new HashSet<>();
    for (Store store : stores) {
      long value = mapped(store.value(), arguments, inside);
      if (value != 0) {
        stored.add(new Store(mapped(store.target(), arguments, inside), value));
      }
    }
    return new MethodWrites(mapped(returned, arguments, inside), changed, stored);
  }

  private static long mapped(long origins, long[] arguments, long[] inside) {
    long result = origins & ~OF_PARAMETERS;
    for (int i = 0; i < arguments.length && i < PARAMETERS; i++) {
      if ((origins & 1L << i) != 0) {
        result |= arguments[i];
      }
      if ((origins & 1L << (i + PARAMETERS)) != 0) {
        result |= inside[i];
      }
    }
    return result;
  }

  /// {@return this and another one together}
  MethodWrites and(MethodWrites other) {
    Set<Write> allWrites = new HashSet<>(writes);
    allWrites.addAll(other.writes);
    Set<Store> allStores = new HashSet<>(stores);
    allStores.addAll(other.stores);
    return new MethodWrites(returned | other.returned, allWrites, allStores);
  }
}
