package argosy.kernel.extension;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the cells of this session have left behind.
public interface SessionContents {

  /// {@return what cells have declared and is still there: imports first, then all else in the
  /// order of its declaration}
  List<Declaration> declarations();

  /// Takes declarations back, as if they had never been made; what variables held is let go. Only
  /// from the thread that runs a cell.
  ///
  /// @return what no longer works without them, in sentences for the user
  List<String> forget(Predicate<? super Declaration> which);

  /// Takes all declarations back, as [#forget], and calls what [KernelContext#onReset] was given.
  List<String> reset();

  /// {@return the text of a cell that has run, unless that was long ago}
  ///
  /// @param number the n of `Cell [n]`
  Optional<String> cell(int number);
}
