package argosy.commands.px;

import argosy.engine.Residents;
import argosy.kernel.extension.KernelContext;

/// Brings `%px` and what belongs to it into a notebook.
public final class PxMagics {

  private PxMagics() {}

  /// Registers the magics and how their values are shown.
  public static void register(KernelContext kernel, Residents residents) {
    LastRun last = new LastRun();
    kernel.register(new PxMagic(kernel, residents, last));
    kernel.register(new PxResultMagic(kernel, last));
    // Nobody knows any more what the cells from before have declared.
    kernel.onReset(residents::forgetCells);
    kernel.render(PxResult.class, PxResult::bundle);
    kernel.render(PxRun.class, PxRun::bundle);
  }
}
