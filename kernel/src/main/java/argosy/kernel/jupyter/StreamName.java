package argosy.kernel.jupyter;

/// The two streams that a cell writes to.
enum StreamName {
  /// Ordinary output.
  STDOUT("stdout"),
  /// Complaints.
  STDERR("stderr");

  private final String wireName;

  StreamName(String wireName) {
    this.wireName = wireName;
  }

  /// {@return the name in the protocol}
  String wireName() {
    return wireName;
  }
}
