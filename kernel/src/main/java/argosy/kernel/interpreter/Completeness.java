package argosy.kernel.interpreter;

/// Whether code can be run as it stands.
///
/// @param status what the protocol calls it
/// @param indent for incomplete code, what the next line should start with; else empty
public record Completeness(Status status, String indent) {

  /// What the protocol distinguishes.
  public enum Status {
    /// It can be run.
    COMPLETE,
    /// It needs more lines.
    INCOMPLETE,
    /// No further line can make it right.
    INVALID,
    /// Nobody can tell.
    UNKNOWN
  }
}
