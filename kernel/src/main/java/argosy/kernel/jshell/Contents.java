package argosy.kernel.jshell;

import argosy.kernel.extension.Declaration;
import argosy.kernel.extension.SessionContents;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the session's cells have left behind, for those who list it and take it back.
///
/// @param resetHooks hear that all of it was taken back
record Contents(Shell shell, CellTexts texts, List<Runnable> resetHooks)
    implements SessionContents {

  @Override
  public List<Declaration> declarations() {
    return shell.inventory().declarations();
  }

  @Override
  public List<String> forget(Predicate<? super Declaration> which) {
    return shell.inventory().forget(which);
  }

  @Override
  public List<String> reset() {
    List<String> notices = forget(_ -> true);
    resetHooks.forEach(Runnable::run);
    return notices;
  }

  @Override
  public Optional<String> cell(int number) {
    return texts.text(Origin.cell(number));
  }
}
