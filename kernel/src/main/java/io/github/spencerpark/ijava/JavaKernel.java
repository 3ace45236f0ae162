package io.github.spencerpark.ijava;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderFunction;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// This kernel, as notebooks written for IJava know theirs.
public final class JavaKernel {

  /// In which a bundle is searched, besides those that its renderer names.
  private static final List<MIMEType> KNOWN =
      List.of(
          MIMEType.TEXT_PLAIN,
          MIMEType.TEXT_HTML,
          MIMEType.TEXT_MARKDOWN,
          MIMEType.TEXT_LATEX,
          MIMEType.IMAGE_PNG,
          MIMEType.IMAGE_JPEG,
          MIMEType.IMAGE_SVG,
          MIMEType.APPLICATION_JSON,
          MIMEType.APPLICATION_JAVASCRIPT);

  private final KernelContext kernel;
  private final Renderer renderer = new Registrations();
  private final Magics magics = new Commands();

  JavaKernel(KernelContext kernel) {
    this.kernel = kernel;
  }

  /// {@return where to register how values are shown}
  public Renderer getRenderer() {
    return renderer;
  }

  /// {@return where to register magics}
  public Magics getMagics() {
    return magics;
  }

  /// Shows data below the cell.
  public void display(DisplayData data) {
    kernel.currentCell().display(bundle(data, Set.of()));
  }

  /// {@return the value of code that runs as the running cell's does, or null}
  ///
  /// @throws Exception whatever the code threw
  public @Nullable Object evalRaw(String code) throws Exception {
    return evaluate(code, "IJava.evalRaw");
  }

  @Nullable Object evaluate(String code, String source) throws Exception {
    return kernel.evaluate(code, source);
  }

  private static Map<String, Object> bundle(DisplayData data, Set<MIMEType> more) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    Set<MIMEType> types = new HashSet<>(more);
    types.addAll(KNOWN);
    for (MIMEType type : types) {
      if (!type.isWildcard() && data.hasDataForType(type)) {
        bundle.put(type.toString(), data.getData(type));
      }
    }
    return bundle;
  }

  /// Tells this kernel what a notebook registers.
  private final class Registrations extends Renderer {

    @Override
    public <T> void register(
        Set<MIMEType> supported,
        Set<MIMEType> preferred,
        Set<Class<? extends T>> types,
        RenderFunction<T> function) {
      super.register(supported, preferred, types, function);
      Set<MIMEType> all = new HashSet<>(supported);
      all.addAll(preferred);
      for (Class<? extends T> type : types) {
        kernel.render(type, value -> bundle(render(value), all));
      }
    }
  }

  /// Tells this kernel which magics a notebook registers.
  private final class Commands extends Magics {

    private final Set<String> lines = ConcurrentHashMap.newKeySet();
    private final Set<String> cells = ConcurrentHashMap.newKeySet();

    @Override
    public void registerLineMagic(String name, LineMagicFunction<?> function) {
      super.registerLineMagic(name, function);
      lines.add(name);
      announce(name);
    }

    @Override
    public void registerCellMagic(String name, CellMagicFunction<?> function) {
      super.registerCellMagic(name, function);
      cells.add(name);
      announce(name);
    }

    @Override
    public <T extends LineMagicFunction<?> & CellMagicFunction<?>> void registerLineCellMagic(
        String name, T function) {
      registerLineMagic(name, function);
      registerCellMagic(name, function);
    }

    private void announce(String name) {
      Magic.Kind kind =
          !cells.contains(name)
              ? Magic.Kind.LINE
              : lines.contains(name) ? Magic.Kind.LINE_AND_CELL : Magic.Kind.CELL;
      kernel.register(new Command(name, kind, this));
    }
  }

  /// A magic of a notebook's own.
  private record Command(String name, Kind kind, Magics magics) implements Magic {

    @Override
    public String summary() {
      return "A magic of the notebook's own.";
    }

    @Override
    public String usage() {
      return (kind == Kind.CELL ? "%%" : "%") + name + " [argument...]";
    }

    @Override
    public @Nullable Object run(MagicCall call) throws Exception {
      return call.isCell()
          ? magics.applyCellMagic(name, call.words(), call.body())
          : magics.applyLineMagic(name, call.words());
    }
  }
}
