package argosy.kernel.interpreter;

import java.util.Optional;

/// Knows how what the user's code prints reads for the user. Safe from any thread.
public interface OutputReader {

  /// {@return how a frame of a stack trace reads where the user's code prints it; nothing if it is
  /// neither one of the user's code nor of this interpreter's}
  ///
  /// @param frame without a file if only its class and method are known, as in an entry of a log
  Optional<ReadableFrame> readable(StackTraceElement frame);

  /// {@return a line that the user's code prints, with its classes called what the user calls them}
  String readable(String line);
}
