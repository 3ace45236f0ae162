package argosy.wire;

/// A large value that a closure starts from.
///
/// @param value which one
/// @param occurrence 0, or how many other objects of this closure have the same content and come
///   before: each is an object of its own
/// @param isReadOnly whether no task of this closure can change it
public record ValueUse(long value, int occurrence, boolean isReadOnly) {

  /// The bytes of a use on the wire.
  static final int BYTES = Long.BYTES + Integer.BYTES + 1;
}
