package argosy.kernel.jshell;

import argosy.kernel.extension.Declaration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a snippet ended.
sealed interface Evaluation {

  /// It ran, or it declared something.
  ///
  /// @param value what it returned
  /// @param shows whether it is an expression, whose value the user wants to see
  /// @param returns whether it was a `return`, which ends the cell
  /// @param declared the variables, methods and types that it declared
  /// @param notices what the user should know about what else has changed
  record Completed(
      @Nullable Object value,
      boolean shows,
      boolean returns,
      List<Declaration> declared,
      List<String> notices)
      implements Evaluation {
    public Completed {
      declared = List.copyOf(declared);
      notices = List.copyOf(notices);
    }

    /// {@return the same, after what has prepared it}
    Completed after(Completed earlier) {
      return new Completed(
          value,
          shows,
          returns,
          Stream.concat(earlier.declared.stream(), declared.stream()).toList(),
          Stream.concat(earlier.notices.stream(), notices.stream()).toList());
    }

    /// {@return the same, with something more that the user should know}
    Completed noting(String notice) {
      return new Completed(
          value,
          shows,
          returns,
          declared,
          Stream.concat(notices.stream(), Stream.of(notice)).toList());
    }

    static Completed silently() {
      return new Completed(null, false, false, List.of(), List.of());
    }
  }

  /// It threw something.
  record Threw(Throwable thrown) implements Evaluation {}

  /// The compiler rejected it; nothing has changed.
  record Rejected(List<Problem> problems) implements Evaluation {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
