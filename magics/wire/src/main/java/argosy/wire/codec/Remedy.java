package argosy.wire.codec;

/// What to do instead of sending something that cannot travel.
///
/// @param captured when a task was to take it along
/// @param returned when a task was to return it
record Remedy(String captured, String returned) {

  /// The same both ways.
  static Remedy of(String both) {
    return new Remedy(both, both);
  }
}
