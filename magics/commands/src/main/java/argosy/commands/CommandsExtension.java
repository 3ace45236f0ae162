package argosy.commands;

import argosy.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.Workers;
import argosy.engine.host.Host;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import java.util.function.Function;

/// Brings the engine into a notebook: its names, its magics, and how its values are shown.
public final class CommandsExtension implements KernelExtension {

  private final Function<Host, Workers> engine;

  /// The extension as `ServiceLoader` makes it: with an engine of its own, which `Parallel` uses.
  public CommandsExtension() {
    this(CommandsExtension::install);
  }

  CommandsExtension(Function<Host, Workers> engine) {
    this.engine = engine;
  }

  private static Workers install(Host host) {
    LocalEngine engine = new LocalEngine(host);
    Engine.install(engine);
    return engine;
  }

  @Override
  public void start(KernelContext kernel) {
    Workers workers = engine.apply(new NotebookHost(kernel));
    kernel.addImport("import argosy.*;");
    kernel.register(new WorkersMagic(workers));
    kernel.register(new ParallelMagic(kernel));
    kernel.register(new SubmitMagic(kernel));
    kernel.render(WorkerTable.class, table -> table.table().bundle());
  }
}
