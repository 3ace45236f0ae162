package io.github.spencerpark.ijava;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderFunction;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// This kernel, as notebooks written for IJava know theirs.
public final class JavaKernel extends BaseKernel {

  private final KernelContext session;
  private final Renderer registrations = new Registrations();
  private final Magics magics = new Commands();

  /// The ids that the notebook gave to what it shows, and those that they have here.
  private final Map<String, String> displays = new ConcurrentHashMap<>();

  JavaKernel(KernelContext session) {
    this.session = session;
  }

  /// {@return where to register how values are shown}
  @Override
  public Renderer getRenderer() {
    return registrations;
  }

  /// {@return where to register magics}
  public Magics getMagics() {
    return magics;
  }

  /// Shows data below the cell. Data without an id gets one.
  @Override
  public void display(DisplayData data) {
    String given = data.getDisplayId();
    String id = session.currentCell().display(Bundles.of(data));
    if (given == null) {
      data.setDisplayId(id);
    } else {
      displays.put(given, id);
    }
  }

  /// Replaces what [#display] showed.
  ///
  /// @param id that which the data had, or a display's own
  public void updateDisplay(String id, Map<String, Object> bundle) {
    session.currentCell().update(displays.getOrDefault(id, id), bundle);
  }

  /// {@return the value of code that runs as the running cell's does, as it would be shown, or null
  /// if it has none}
  ///
  /// @throws Exception whatever the code threw
  @Override
  public @Nullable DisplayData eval(String code) throws Exception {
    Object value = evalRaw(code);
    return value == null || value instanceof DisplayData
        ? (DisplayData) value
        : registrations.render(value);
  }

  /// {@return the value of code that runs as the running cell's does, or null}
  ///
  /// @throws Exception whatever the code threw
  public @Nullable Object evalRaw(String code) throws Exception {
    return evaluate(code, "IJava.evalRaw");
  }

  /// Adds a folder, a jar or a pattern of jars to what cells see.
  public void addToClasspath(String path) {
    lineMagic("classpath", List.of(path));
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java").version(Runtime.version().toString()).build();
  }

  /// Not here: the streams of a cell are `System.out`, `err` and `in`.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public JupyterIO getIO() {
    throw new UnsupportedOperationException(
        "this kernel has no getIO(): write display(value) and updateDisplay(id, value), and use"
            + " System.out, System.err and System.in");
  }

  /// Not here.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public CommManager getCommManager() {
    throw new UnsupportedOperationException(
        "this kernel has no getCommManager(): use argosy.kernel.comm.Comms");
  }

  /// {@return the value of code that runs as the running cell's does, or null}
  ///
  /// @param source what errors name instead of the cell
  /// @throws Exception whatever the code threw
  public @Nullable Object evaluate(String code, String source) throws Exception {
    return session.evaluate(code, source);
  }

  /// Runs a line magic of this kernel.
  ///
  /// @param <T> what the caller expects it to return
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T lineMagic(String name, List<String> arguments) {
    return (T) run("%" + name + " " + written(arguments), "%" + name);
  }

  /// Runs a cell magic of this kernel.
  ///
  /// @param <T> what the caller expects it to return
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T cellMagic(String name, List<String> arguments, String body) {
    return (T) run("%%" + name + " " + written(arguments) + "\n" + body, "%%" + name);
  }

  private static String written(List<String> arguments) {
    return arguments.stream().map(JavaKernel::quoted).collect(Collectors.joining(" "));
  }

  /// In single quotes, where a backslash is itself; a single quote goes into double ones.
  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\"'\"'") + "'";
  }

  private @Nullable Object run(String code, String source) {
    try {
      return evaluate(code, source);
    } catch (Exception e) {
      throw JavaKernel.<RuntimeException>unchecked(e);
    }
  }

  /// IJava's methods declare no exception, and a magic's own should arrive as it is.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
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
      for (Class<? extends T> type : types) {
        session.render(type, value -> Bundles.of(render(value)));
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
      session.register(new Command(name, kind, this));
    }
  }

  /// A magic of a notebook's own.
  private record Command(String name, Kind kind, Magics magics) implements Magic {

    /// Its author may have thought of that.
    @Override
    public boolean answersHelp() {
      return true;
    }

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
