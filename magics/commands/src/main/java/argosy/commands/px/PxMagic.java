package argosy.commands.px;

import argosy.engine.Residents;
import argosy.engine.Residents.ResidentCell;
import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.wire.CellBodies;
import argosy.wire.CellBodies.Wanted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `%px` and `%%px`: code that runs on every worker, in classes and variables that stay there.
final class PxMagic implements Magic {

  private static final String ADVICE =
      "lives on the workers, where %%px declared it; read it in a lambda that runs there, or with"
          + " %px {}";

  private static final Map<String, String> BOXES =
      Map.of(
          "int", "Integer",
          "long", "Long",
          "double", "Double",
          "float", "Float",
          "boolean", "Boolean",
          "char", "Character",
          "byte", "Byte",
          "short", "Short");

  private final KernelContext kernel;
  private final Residents residents;
  private final LastRun last;

  PxMagic(KernelContext kernel, Residents residents, LastRun last) {
    this.kernel = kernel;
    this.residents = residents;
    this.last = last;
  }

  @Override
  public String name() {
    return "px";
  }

  @Override
  public Kind kind() {
    return Kind.LINE_AND_CELL;
  }

  @Override
  public String summary() {
    return "Runs code on every worker, in variables that stay there.";
  }

  @Override
  public String usage() {
    return """
    %px [options] code
    %%px [options]
    the code, which every worker runs; what it declares stays there, for later %px and for tasks

    --targets WORKERS  only these, such as 2 or 1,3 or 2-4 or -1 (the last) or ::2 (every other)
    --noblock          do not wait; %pxresult does
    --group HOW        show output live (at first), or by worker or by type when all are done
    --out NAME         declare a list of the values of the last expression, one for each worker
    --local            run the code in the notebook too
    --once             not on workers that start later
    --forget           workers that start later leave out what has run before this, as after %reset;
                       goes without code, too

    A variable that the code declares has no value in the notebook, unless --local gives it one.\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    PxCall px = PxCall.parse(call.arguments());
    if (call.isCell() && !px.code().isEmpty()) {
      throw new MagicUsageException("'" + px.code() + "' is not an option");
    }
    String code = call.isCell() ? call.body() : px.code();
    if (px.forgets()) {
      residents.forgetCells();
      if (code.isBlank()) {
        return null;
      }
    }
    if (code.isBlank()) {
      throw new MagicUsageException("there is no code to run");
    }
    CompiledCell compiled =
        kernel.compile(
            code, call.isCell() ? call.line() + 1 : call.line(), px.isLocal() ? "" : ADVICE);
    if (compiled.classes().isEmpty()) {
      return null; // imports and magics, which have done their work
    }
    PxRun run = start(px, compiled);
    last.set(run);
    if (px.isLocal()) {
      Object _ = bodies(compiled, Wanted.NOTHING).apply(null);
    }
    return px.waits() ? result(px, compiled, run, call.line()) : later(px, compiled, run, call);
  }

  private PxRun start(PxCall px, CompiledCell compiled) throws MagicFailedException {
    List<Integer> all = startWorkers();
    List<Integer> targets = Targets.of(px.targets(), all);
    boolean isNamed = !px.result().isEmpty();
    Wanted wanted = compiled.hasValue() ? Wanted.LOOK : Wanted.NOTHING;
    PxOutput output = new PxOutput(px.grouping(), kernel.currentCell());
    boolean isKept = !px.isOnce() && targets.equals(all);
    ResidentCell cell =
        new ResidentCell(bodies(compiled, isNamed ? Wanted.VALUE : wanted), isKept, output::of);
    return new PxRun(residents.run(cell, targets), isNamed || compiled.hasValue(), output);
  }

  private List<Integer> startWorkers() throws MagicFailedException {
    try {
      return residents.start();
    } catch (IllegalStateException e) {
      throw new MagicFailedException(String.valueOf(e.getMessage()));
    }
  }

  private static CellBodies bodies(CompiledCell compiled, Wanted wanted) {
    return new CellBodies(compiled.classes(), compiled.returning(), wanted);
  }

  private @Nullable Object result(PxCall px, CompiledCell compiled, PxRun run, int line)
      throws Exception {
    CurrentCell cell = kernel.currentCell();
    PxResult result = run.await(cell);
    if (!px.result().isEmpty()) {
      declare(px.result(), compiled.valueType(), "java.util.List<%s>", "%pxresult --list", line);
      return null;
    }
    return compiled.hasValue() && !result.isAllNull() ? result : null;
  }

  private @Nullable Object later(PxCall px, CompiledCell compiled, PxRun run, MagicCall call)
      throws Exception {
    if (px.result().isEmpty()) {
      return run;
    }
    String type = "java.util.List<argosy.Task<%s>>";
    declare(px.result(), compiled.valueType(), type, "%pxresult --tasks", call.line());
    return null;
  }

  /// A type that only the compiler can name gives way to `Object`.
  private void declare(String name, String valueType, String type, String magic, int line)
      throws Exception {
    String boxed = valueType.isEmpty() ? "Object" : BOXES.getOrDefault(valueType, valueType);
    try {
      declareAs(type.formatted(boxed), name, magic, line);
    } catch (CodeRejectedException e) {
      declareAs(type.formatted("Object"), name, magic, line);
    }
  }

  private void declareAs(String type, String name, String magic, int line) throws Exception {
    Object _ = kernel.evaluate(type + " " + name + " = " + magic, line);
  }
}
