package argosy.kernel.jshell;

import java.util.Optional;

/// Windows, which a kernel has no screen for.
final class Windows {

  private Windows() {}

  /// {@return what to do instead of opening one, if that is what failed}
  static Optional<String> advice(Throwable thrown) {
    // By its name: to load the class would load AWT.
    return thrown.getClass().getName().equals("java.awt.HeadlessException")
        ? Optional.of(
            "The kernel runs without a screen: readLine(\"name? \") asks below the cell, and"
                + " display(x) shows pictures, charts and HTML there.")
        : Optional.empty();
  }
}
