package argosy.kernel.jshell;

/// Why a cell was told to stop.
///
/// @param name what kind of failure that is
/// @param note a clause that says it to the user
record StopReason(String name, String note) {

  /// The user said so.
  static final StopReason INTERRUPT = new StopReason("Interrupted", "the cell was stopped");

  /// {@return this one, of a cell that goes on regardless}
  StopReason unheard() {
    return new StopReason(
        name,
        note
            + "; it does not react, so its thread is left behind, and the session goes on without"
            + " it");
  }
}
