package argosy.wire.codec;

/// Makes a collection or map that is about to be filled.
///
/// @param <C> its class
@FunctionalInterface
interface Empty<C> {

  /// {@return an empty one that iterates in the order of the one that was written}
  ///
  /// @param in where the elements come from
  /// @param capacity what was written of it
  /// @param size how many elements it is about to get, no more than there are bytes left
  C make(GraphInput in, int capacity, int size);
}
