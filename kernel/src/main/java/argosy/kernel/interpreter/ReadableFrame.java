package argosy.kernel.interpreter;

/// How a frame of a stack trace reads for the user.
///
/// @param text what stands behind `at`; empty for one of the interpreter's own, which is left out
///   below the user's
/// @param isOutermost whether it was the interpreter that called it, so that what is below it is
///   nothing to the user
public record ReadableFrame(String text, boolean isOutermost) {}
