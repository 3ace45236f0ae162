package argosy.commands;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A kernel that writes down what is asked of it. What code evaluates to is up to the test.
final class FakeKernel implements KernelContext, CellClasses, CellClassPath, CurrentCell {

  interface Evaluator {
    @Nullable Object evaluate(String code) throws Exception;
  }

  final Map<String, Magic> magics = new TreeMap<>();

  /// What a previewed cell is compiled to.
  interface Previews {
    CompiledCell preview(String code) throws Exception;
  }

  final List<String> previewed = new ArrayList<>();
  Previews previews = code -> new CompiledCell(List.of(), Set.of(), "");
  final List<String> evaluated = new ArrayList<>();
  final List<Integer> firstLines = new ArrayList<>();
  final List<String> imports = new ArrayList<>();
  final List<Path> entries = new ArrayList<>();
  final List<Consumer<List<Path>>> listeners = new ArrayList<>();
  final List<Runnable> interruptHooks = new ArrayList<>();
  final List<Thread> stopped = new ArrayList<>();
  final Map<Class<?>, Renderer<?>> renderers = new HashMap<>();
  final List<Map<String, Object>> displays = new ArrayList<>();
  final List<CellVariable> variables = new ArrayList<>();
  final StringBuilder out = new StringBuilder();
  final StringBuilder err = new StringBuilder();
  Evaluator evaluator = code -> null;
  Path folder = Path.of("");

  @Nullable Object line(String name, String arguments) throws Exception {
    return magic(name).run(new MagicCall(arguments, "", false, 3));
  }

  @Nullable Object cell(String name, String arguments, String body) throws Exception {
    return magic(name).run(new MagicCall(arguments, body, true, 1));
  }

  private Magic magic(String name) {
    return Objects.requireNonNull(magics.get(name), name);
  }

  @SuppressWarnings("unchecked") // The renderer was registered for this class.
  <T> Map<String, Object> rendered(Class<T> type, T value) {
    return ((Renderer<T>) Objects.requireNonNull(renderers.get(type))).render(value);
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
    return this;
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
    imports.add(declaration);
  }

  @Override
  public @Nullable Object evaluate(String code, int firstLine) throws Exception {
    evaluated.add(code);
    firstLines.add(firstLine);
    return evaluator.evaluate(code);
  }

  @Override
  public @Nullable Object evaluate(String code, String source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompiledCell compile(String code, int firstLine, String advice) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompiledCell preview(String code, int firstLine) throws Exception {
    previewed.add(code);
    firstLines.add(firstLine);
    return previews.preview(code);
  }

  @Override
  public CodeTime codeTime() {
    return new CodeTime(System.nanoTime(), 0);
  }

  @Override
  public @Nullable Object variable(String name) {
    return null;
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
  public void changeFolder(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onReset(Runnable hook) {}

  @Override
  public void onInterrupt(Runnable hook) {
    interruptHooks.add(hook);
  }

  @Override
  public void stop(Thread thread) {
    stopped.add(thread);
  }

  @Override
  public void withdrawStop(Thread thread) {
    stopped.remove(thread);
  }

  @Override
  public <T> void render(Class<T> type, Renderer<? super T> renderer) {
    renderers.put(type, renderer);
  }

  @Override
  public Optional<byte[]> bytes(Class<?> type) {
    return type == FakeKernel.class ? Optional.of(new byte[] {1}) : Optional.empty();
  }

  @Override
  public List<Class<?>> named(String name) {
    return List.of(FakeKernel.class);
  }

  @Override
  public boolean isInitialized(Class<?> type) {
    return type == FakeKernel.class;
  }

  @Override
  public Optional<String> declared(String name) {
    return Optional.empty();
  }

  @Override
  public boolean isElsewhere(Class<?> type) {
    return false;
  }

  @Override
  public ClassLoader loader() {
    return FakeKernel.class.getClassLoader();
  }

  @Override
  public List<Path> entries() {
    return entries;
  }

  @Override
  public void add(List<Path> added) {
    entries.addAll(added);
    listeners.forEach(listener -> listener.accept(added));
  }

  @Override
  public void onAdd(Consumer<List<Path>> listener) {
    listeners.add(listener);
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public void stdout(String text) {
    out.append(text);
  }

  @Override
  public void stderr(String text) {
    err.append(text);
  }

  @Override
  public String display(Map<String, Object> bundle) {
    displays.add(bundle);
    return String.valueOf(displays.size() - 1);
  }

  @Override
  public void update(String displayId, Map<String, Object> bundle) {
    displays.set(Integer.parseInt(displayId), bundle);
  }
}
