package argosy.wire.codec;

/// Stands on the wire for the class of a lambda, which has no name of its own.
final class Lambda {

  private Lambda() {}
}
