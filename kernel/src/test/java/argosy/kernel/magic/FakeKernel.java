package argosy.kernel.magic;

import argosy.kernel.extension.CellClassPath;
import argosy.kernel.extension.CellClasses;
import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.CodeTime;
import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.Renderer;
import argosy.kernel.extension.SessionContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A kernel that writes down what magics ask of it. What code evaluates to is up to the test.
final class FakeKernel implements KernelContext, CellClassPath, CurrentCell {

  interface Evaluator {
    @Nullable Object evaluate(String code) throws Exception;
  }

  record Evaluated(String code, String where) {}

  final Map<String, Magic> magics = new TreeMap<>();
  final List<Evaluated> evaluated = new ArrayList<>();
  final List<Map<String, Object>> displays = new ArrayList<>();
  final List<Path> entries = new ArrayList<>();
  final List<CellVariable> variables = new ArrayList<>();
  final Map<String, @Nullable Object> values = new HashMap<>();
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();
  Evaluator evaluator = code -> null;
  Consumer<String> onStdout = text -> {};
  Path folder = Path.of("").toAbsolutePath();

  @Nullable Object line(String name, String arguments) throws Exception {
    return run(name, new MagicCall(arguments, "", false, 3));
  }

  @Nullable Object cell(String name, String arguments, String body) throws Exception {
    return run(name, new MagicCall(arguments, body, true, 1));
  }

  private @Nullable Object run(String name, MagicCall call) throws Exception {
    Magic magic = magics.get(name);
    if (magic == null) {
      throw new AssertionError("no magic " + name);
    }
    return magic.run(call);
  }

  synchronized String stdout() {
    return out.toString();
  }

  synchronized String stderr() {
    return err.toString();
  }

  List<String> entryNames() {
    return entries.stream().map(entry -> entry.getFileName().toString()).toList();
  }

  @Override
  public void register(Magic magic) {
    magics.put(magic.name(), magic);
  }

  @Override
  public List<Magic> magics() {
    return List.copyOf(magics.values());
  }

  @Override
  public CellClasses classes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CellClassPath classPath() {
    return this;
  }

  @Override
  public CurrentCell currentCell() {
    return this;
  }

  @Override
  public void workFor(@Nullable CurrentCell cell) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addImport(String declaration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object evaluate(String code, int firstLine) throws Exception {
    evaluated.add(new Evaluated(code, "line " + firstLine));
    return evaluator.evaluate(code);
  }

  @Override
  public @Nullable Object evaluate(String code, String source) throws Exception {
    evaluated.add(new Evaluated(code, source));
    return evaluator.evaluate(code);
  }

  @Override
  public CompiledCell compile(String code, int firstLine, String advice) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompiledCell preview(String code, int firstLine) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CodeTime codeTime() {
    return new CodeTime(System.nanoTime(), 0);
  }

  @Override
  public @Nullable Object variable(String name) {
    return values.get(name);
  }

  @Override
  public List<CellVariable> variables() {
    return variables;
  }

  @Override
  public SessionContents contents() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public void changeFolder(Path changed) {
    folder = changed;
  }

  @Override
  public void onReset(Runnable hook) {}

  @Override
  public void onInterrupt(Runnable hook) {}

  @Override
  public void stop(Thread thread) {}

  @Override
  public void withdrawStop(Thread thread) {}

  @Override
  public <T> void render(Class<T> type, Renderer<? super T> renderer) {}

  @Override
  public List<Path> entries() {
    return entries;
  }

  @Override
  public void add(List<Path> added) {
    for (Path path : added) {
      if (!Files.exists(path)) {
        throw new IllegalArgumentException(path + " does not exist");
      }
    }
    added.stream().filter(path -> !entries.contains(path)).forEach(entries::add);
  }

  @Override
  public void onAdd(Consumer<List<Path>> listener) {}

  @Override
  public int number() {
    return 1;
  }

  @Override
  public synchronized void stdout(String text) {
    out.append(text);
    onStdout.accept(text);
  }

  @Override
  public synchronized void stderr(String text) {
    err.append(text);
  }

  @Override
  public synchronized String display(Map<String, Object> bundle) {
    displays.add(bundle);
    return String.valueOf(displays.size() - 1);
  }

  @Override
  public synchronized void update(String displayId, Map<String, Object> bundle) {
    displays.set(Integer.parseInt(displayId), bundle);
  }
}
