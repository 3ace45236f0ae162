package argosy.kernel.extension;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command that a cell can give with `%name` or `%%name`.
public interface Magic {

  /// Where a magic may stand.
  enum Kind {
    /// `%name arguments`, on a line of its own or as an expression.
    LINE,
    /// `%%name arguments` as the first line of a cell whose other lines it takes.
    CELL,
    /// Either.
    LINE_AND_CELL
  }

  /// {@return the name without `%`}
  String name();

  /// {@return where it may stand}
  Kind kind();

  /// {@return one line that says what it does}
  String summary();

  /// {@return how it is called, with every option, as `%name?` and a wrong call show it}
  String usage();

  /// {@return what it does and how it is called, as `%help name` and `%name --help` print it}
  default String help() {
    return summary() + "\n\n" + usage().strip() + "\n";
  }

  /// {@return what can stand behind it, for completion, besides the options that [#usage] names:
  /// Java if that speaks of code or an expression, files if it speaks of a path, a file, a folder,
  /// a command or arguments, and libraries if it speaks of `group:artifact`; on the lines below
  /// `%%name`, what the line of the usage below that speaks of: files, or libraries if it speaks of
  /// a coordinate. Called from any thread}
  default List<String> candidates() {
    return List.of();
  }

  /// {@return whether it answers `--help` itself, as a program does that gets all that stands
  /// behind its name; any other magic does not run then, and the kernel shows its usage}
  default boolean answersHelp() {
    return false;
  }

  /// Runs the magic on the cell's thread.
  ///
  /// @return the value of the magic where it is used as an expression, or null
  /// @throws MagicUsageException if the arguments are wrong; the kernel shows the usage
  /// @throws MagicFailedException if it cannot be done; the kernel shows why
  /// @throws Exception whatever else went wrong; the kernel shows it as an error of the cell
  @Nullable Object run(MagicCall call) throws Exception;
}
