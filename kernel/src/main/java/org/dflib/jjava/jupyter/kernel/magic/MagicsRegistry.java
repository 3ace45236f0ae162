package org.dflib.jjava.jupyter.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/// Takes the magics of libraries and notebooks.
public class MagicsRegistry {

  private final KernelContext session;
  private final Map<String, LineMagic<?, BaseKernel>> lines = new ConcurrentHashMap<>();
  private final Map<String, CellMagic<?, BaseKernel>> cells = new ConcurrentHashMap<>();

  /// Tells a session what is registered.
  public MagicsRegistry(KernelContext session) {
    this.session = session;
  }

  /// Adds a magic of one line.
  @SuppressWarnings("unchecked") // as in JJava, where a magic names the kernel that there is
  public MagicsRegistry registerLineMagic(String name, LineMagic<?, ?> magic) {
    lines.put(name, (LineMagic<?, BaseKernel>) magic);
    announce(name);
    return this;
  }

  /// Adds a magic of a whole cell.
  @SuppressWarnings("unchecked")
  public MagicsRegistry registerCellMagic(String name, CellMagic<?, ?> magic) {
    cells.put(name, (CellMagic<?, BaseKernel>) magic);
    announce(name);
    return this;
  }

  private void announce(String name) {
    LineMagic<?, BaseKernel> line = lines.get(name);
    CellMagic<?, BaseKernel> cell = cells.get(name);
    session.register(new Command(name, line, cell));
  }

  /// A magic of somebody else's.
  private record Command(
      String name, @Nullable LineMagic<?, BaseKernel> line, @Nullable CellMagic<?, BaseKernel> cell)
      implements Magic {

    /// Its author may have thought of that.
    @Override
    public boolean answersHelp() {
      return true;
    }

    @Override
    public Kind kind() {
      return cell == null ? Kind.LINE : line == null ? Kind.CELL : Kind.LINE_AND_CELL;
    }

    @Override
    public String summary() {
      return "A magic of a library's, or of the notebook's own.";
    }

    @Override
    public String usage() {
      return (line == null ? "%%" : "%") + name + " [argument...]";
    }

    @Override
    public @Nullable Object run(MagicCall call) throws Exception {
      BaseKernel kernel = BaseKernel.notebookKernel();
      if (call.isCell()) {
        return cell == null ? null : cell.eval(kernel, call.words(), call.body());
      }
      return line == null ? null : line.eval(kernel, call.words());
    }
  }
}
