package argosy.commands.px;

import argosy.engine.Residents;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `%reset`: as the kernel has it, and workers that start later leave out the cells from before,
/// whose names nobody knows any more.
final class PxResetMagic implements Magic {

  private final Magic reset;
  private final Residents residents;

  /// @param reset the kernel's
  PxResetMagic(Magic reset, Residents residents) {
    this.reset = reset;
    this.residents = residents;
  }

  @Override
  public String name() {
    return reset.name();
  }

  @Override
  public Kind kind() {
    return reset.kind();
  }

  @Override
  public String summary() {
    return reset.summary();
  }

  @Override
  public String usage() {
    return reset.usage().stripTrailing()
        + "\nWorkers that start later leave out the %%px cells from before.";
  }

  @Override
  public List<String> candidates() {
    return reset.candidates();
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    Object value = reset.run(call);
    residents.forgetCells();
    return value;
  }
}
