package argosy.commands.px;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// `%pxresult`: what the last `%px` or `%%px` ended with.
final class PxResultMagic implements Magic {

  private final KernelContext kernel;
  private final LastRun last;

  PxResultMagic(KernelContext kernel, LastRun last) {
    this.kernel = kernel;
    this.last = last;
  }

  @Override
  public String name() {
    return "pxresult";
  }

  @Override
  public Kind kind() {
    return Kind.LINE;
  }

  @Override
  public String summary() {
    return "Waits for the last %px and gives its values, one for each worker.";
  }

  @Override
  public String usage() {
    return """
    %pxresult [--list|--tasks]

    The value is a list with what the last expression of the last %px or %%px was on each worker.

    --list             an ordinary list, which is shown as one
    --tasks            do not wait: the list has a Task for each worker\
    """;
  }

  /// A cell that ended without a value has none to show, as with `%px` itself.
  private @Nullable PxResult result(PxRun run, boolean isWanted) throws Exception {
    PxResult result = run.await(kernel.currentCell());
    return isWanted || !result.isAllNull() ? result : null;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    PxRun run = last.get();
    if (run == null) {
      throw new MagicFailedException("nothing has run with %px so far");
    }
    return switch (call.arguments()) {
      case "" -> result(run, call.isValue());
      case "--list" -> new ArrayList<>(run.await(kernel.currentCell()));
      case "--tasks" -> run.tasks();
      default -> throw new MagicUsageException("'" + call.arguments() + "' is not understood");
    };
  }
}
