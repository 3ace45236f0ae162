package argosy.kernel.jshell;

/// Something that the compiler has to say about a cell.
///
/// @param start where in the cell
/// @param end where it ends, exclusive
/// @param message what it says, possibly in several lines
record Problem(int start, int end, String message) {}
