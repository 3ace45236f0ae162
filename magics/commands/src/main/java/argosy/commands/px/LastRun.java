package argosy.commands.px;

import org.jspecify.annotations.Nullable;

/// The run that `%pxresult` is about. Safe from any thread.
final class LastRun {

  private volatile @Nullable PxRun run;

  void set(PxRun run) {
    this.run = run;
  }

  @Nullable PxRun get() {
    return run;
  }
}
