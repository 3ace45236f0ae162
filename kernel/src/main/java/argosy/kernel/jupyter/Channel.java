package argosy.kernel.jupyter;

import java.util.Locale;

/// The five sockets of a kernel.
enum Channel {
  /// Requests about code.
  SHELL,
  /// Requests that must not wait behind code: interrupt and shutdown.
  CONTROL,
  /// Questions to the user and their answers.
  STDIN,
  /// What everybody sees: output and state.
  IOPUB,
  /// Echoes whatever it gets.
  HEARTBEAT;

  /// {@return the name in messages for people}
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
