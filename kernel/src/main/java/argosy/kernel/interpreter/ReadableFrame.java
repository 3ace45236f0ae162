package argosy.kernel.interpreter;

/// How a frame of the user's code reads in a stack trace.
///
/// @param text what stands behind `at`
/// @param isOutermost whether it was the interpreter that called it, so that what is below it is
///   nothing to the user
public record ReadableFrame(String text, boolean isOutermost) {}
