package argosy.wire.codec;

/// Stands on the wire for the class of an object that was written as another one.
final class Replaced {

  private Replaced() {}
}
