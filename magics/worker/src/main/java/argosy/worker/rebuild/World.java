package argosy.worker.rebuild;

import argosy.wire.CellNames;
import argosy.wire.ClassDefinition;
import argosy.wire.ClassStart;
import argosy.wire.ContentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Shipped classes that see each other: to each name one definition.
final class World extends ClassLoader implements ClassStart.Listener, CellNames {

  private final Map<String, ClassDefinition> definitions = new ConcurrentHashMap<>();
  private final Map<PartKey, KeptPart> parts = new HashMap<>();
  private volatile boolean isSpent;

  /// Written by the thread that runs the tasks, for each. The threads that a task starts see it,
  /// because they start later.
  private List<ClassDefinition> running = List.of();

  World(ClassLoader parent) {
    super(parent); // without a name, which would show in stack traces
    setDefaultAssertionStatus(true); // as in the notebook, from where all that it defines comes
  }

  /// {@return whether none of these definitions contradicts one that is here}
  boolean accepts(List<ClassDefinition> others) {
    for (ClassDefinition other : others) {
      ClassDefinition own = definitions.get(other.name());
      if (own != null && !own.id().equals(other.id())) {
        return false;
      }
    }
    return true;
  }

  /// {@return whether there is a class of this name}
  boolean defines(String name) {
    return definitions.containsKey(name);
  }

  @Override
  public Optional<String> declared(String name) {
    // Other closures may have an earlier class of the same name.
    return only(name, running.stream().map(ClassDefinition::name))
        .or(() -> only(name, definitions.keySet().stream()));
  }

  private static Optional<String> only(String name, Stream<String> whole) {
    List<String> all =
        whole.filter(each -> CELL.matcher(each).replaceAll("").equals(name)).toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /// Says whose closure's task runs now.
  ///
  /// @param classes all that it has
  void runs(List<ClassDefinition> classes) {
    running = classes;
  }

  /// {@return how many classes there are}
  int size() {
    return definitions.size();
  }

  void add(List<ClassDefinition> others) {
    others.forEach(other -> definitions.putIfAbsent(other.name(), other));
  }

  /// {@return a part of closures' state whose objects are of this world's classes}
  ///
  /// @param made makes it if it is new here
  KeptPart part(PartKey key, Function<PartKey, KeptPart> made) {
    return parts.computeIfAbsent(key, made);
  }

  /// Drops a part.
  void forgetPart(ContentId part) {
    parts.keySet().removeIf(key -> key.part().equals(part));
  }

  /// {@return whether a class initialized itself here, which the next task must not see}
  boolean isSpent() {
    return isSpent;
  }

  /// {@return a world of the same definitions with no class loaded}
  World renewed() {
    World fresh = new World(getParent());
    fresh.definitions.putAll(definitions);
    return fresh;
  }

  @Override
  public void started(Class<?> type) {
    isSpent = true;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ClassDefinition definition = definitions.get(name);
    if (definition == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] bytes = definition.bytes().bytes();
    return defineClass(name, bytes, 0, bytes.length);
  }

  static {
    registerAsParallelCapable();
  }

  /// {@return a copy of what is here, by name}
  Map<String, ClassDefinition> definitions() {
    return new HashMap<>(definitions);
  }
}
