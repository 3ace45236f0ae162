package argosy.kernel.jshell;

import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A magic that compiles its cell and does nothing with it: a test looks at what has come of it.
final class CompilingMagic implements KernelExtension, Magic {

  /// How it compiles.
  interface Compiler {

    CompiledCell compile(KernelContext kernel, MagicCall call) throws Exception;
  }

  private final String name;
  private final Kind kind;
  private final Compiler compiler;
  private final List<CompiledCell> compiled = new ArrayList<>();
  private @Nullable KernelContext kernel;

  CompilingMagic(String name, Kind kind, Compiler compiler) {
    this.name = name;
    this.kind = kind;
    this.compiler = compiler;
  }

  /// {@return all cells, the last one last}
  List<CompiledCell> compiled() {
    return compiled;
  }

  CompiledCell last() {
    return compiled.getLast();
  }

  KernelContext kernel() {
    return Objects.requireNonNull(kernel);
  }

  @Override
  public void start(KernelContext started) {
    kernel = started;
    started.register(this);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String summary() {
    return "a magic of a test";
  }

  @Override
  public String usage() {
    return "%%" + name + " [here]";
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    compiled.add(compiler.compile(kernel(), call));
    return null;
  }
}
