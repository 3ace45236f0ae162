package argosy.commands;

import argosy.Engine;
import argosy.Explanation;
import argosy.Options;
import argosy.Scaling;
import argosy.Task;
import argosy.commands.px.PxMagics;
import argosy.engine.LocalEngine;
import argosy.engine.Workers;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings the engine into a notebook: its names, its magics, and how its values are shown.
public final class CommandsExtension implements KernelExtension {

  private @Nullable LocalEngine engine;

  /// For `ServiceLoader`.
  public CommandsExtension() {}

  @Override
  public void start(KernelContext kernel) {
    LocalEngine started = new LocalEngine(new NotebookHost(kernel));
    engine = started;
    Engine.install(started);
    register(kernel, started);
    PxMagics.register(kernel, started);
  }

  static void register(KernelContext kernel, Workers workers) {
    kernel.addImport("import argosy.*;");
    kernel.register(new WorkersMagic(kernel, workers));
    kernel.register(new TasksMagic(kernel, workers));
    kernel.register(new CancelMagic(kernel, workers));
    kernel.register(new TimelineMagic(kernel, workers));
    kernel.register(new ThreadsMagic(workers));
    kernel.register(new ParallelMagic(kernel));
    kernel.register(new SubmitMagic(kernel));
    kernel.register(new ClosureMagic(kernel));
    kernel.register(new ScalingMagic(kernel));
    kernel.render(WorkerTable.class, WorkerTable::bundle);
    kernel.render(TaskTable.class, TaskTable::bundle);
    kernel.render(TimelineView.class, TimelineView::bundle);
    kernel.render(ThreadUseTable.class, ThreadUseTable::bundle);
    kernel.render(ThreadTexts.class, ThreadTexts::bundle);
    kernel.render(Explanation.class, ClosureMagic::bundle);
    kernel.render(Scaling.class, ScalingMagic::bundle);
    kernel.render(Options.class, options -> Map.of("text/plain", options.toString()));
    kernel.render(Task.class, new TaskText(workers)::bundle);
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
