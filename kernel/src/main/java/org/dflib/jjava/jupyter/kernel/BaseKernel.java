package org.dflib.jjava.jupyter.kernel;

import argosy.kernel.extension.KernelContext;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.jspecify.annotations.Nullable;

/// This kernel.
public abstract class BaseKernel {

  private static volatile @Nullable BaseKernel running;

  private final KernelContext session;
  private final Renderer renderer;
  private final MagicsRegistry magics;

  /// A kernel that tells a session what is registered.
  protected BaseKernel(KernelContext session) {
    this.session = session;
    this.renderer = new Renderer(session);
    this.magics = new MagicsRegistry(session);
  }

  /// {@return the kernel that runs the notebook}
  ///
  /// @throws IllegalStateException if none does
  public static BaseKernel notebookKernel() {
    BaseKernel kernel = running;
    if (kernel == null) {
      throw new IllegalStateException("no kernel runs in this process");
    }
    return kernel;
  }

  /// Says which kernel runs the notebook.
  protected static void run(BaseKernel kernel) {
    running = kernel;
  }

  /// {@return what the kernel is called}
  public String getName() {
    return "Argosy";
  }

  /// {@return where to register how values are shown}
  public Renderer getRenderer() {
    return renderer;
  }

  /// {@return where to register magics}
  public MagicsRegistry getMagicsRegistry() {
    return magics;
  }

  /// Shows data below the cell. Data without an id gets one.
  public void display(DisplayData data) {
    String id = session.currentCell().display(data.bundle());
    if (!data.hasDisplayId()) {
      data.setDisplayId(id);
    }
  }

  /// Replaces what an earlier display showed.
  void update(String id, Map<String, Object> bundle) {
    session.currentCell().update(id, bundle);
  }

  /// {@return the value of code that runs as the running cell's does, as it would be shown, or null
  /// if it has none}
  public @Nullable DisplayData eval(String code) {
    Object value = evalRaw(code);
    return value == null || value instanceof DisplayData
        ? (DisplayData) value
        : renderer.render(value);
  }

  /// {@return the value of code that runs as the running cell's does, or null}
  public @Nullable Object evalRaw(String code) {
    try {
      // Extensions ask for the kernel by its simple name, which here may mean IJava's.
      return session.evaluate(
          "import static org.dflib.jjava.kernel.JavaNotebookStatics.*; " + code, "JJava.eval");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw BaseKernel.<RuntimeException>unchecked(e);
    }
  }

  /// JJava's methods declare no exception, and the code's own should arrive as it is.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }
}
