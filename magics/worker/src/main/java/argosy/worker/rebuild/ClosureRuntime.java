package argosy.worker.rebuild;

import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.Pack;
import argosy.wire.Payload;
import argosy.wire.memory.Range;
import argosy.wire.memory.SharedFiles;
import argosy.wire.memory.ValueForm;
import argosy.worker.resident.ResidentLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The closures that a worker knows, ready to run. Confined to the thread that runs the tasks.
public final class ClosureRuntime {

  private final ClassPathLoader classPath;
  private final ResidentLoader residents;
  private final Map<ContentId, ClassDefinition> definitions = new HashMap<>();
  private final Map<ContentId, byte[]> parts = new HashMap<>();
  private final StateCounts counts = new StateCounts();
  private final HeldValues values = new HeldValues(counts);
  private final SharedFiles files = new SharedFiles();
  private final ResultMemory memory;
  private final Map<ContentId, LoadedClosure> closures = new HashMap<>();
  private final List<WorldSlot> worlds = new ArrayList<>();

  /// The classes of the closure that was called last; read by any thread.
  private volatile @Nullable RunningClasses running;

  /// Whether a task may have asked the platform for what libraries provide.
  private boolean hasRun;

  /// A runtime that knows no closure.
  ///
  /// @param parent finds everything that was not shipped
  /// @param memory takes the large values of results
  public ClosureRuntime(ClassLoader parent, ResultMemory memory) {
    this.classPath = new ClassPathLoader(parent);
    this.residents = new ResidentLoader(classPath);
    this.memory = memory;
  }

  /// Makes shipped classes find what these jars and folders have.
  public void extendClassPath(List<Path> entries) {
    List<Path> fresh = classPath.add(entries);
    if (hasRun) {
      LateServices.find(fresh, classPath);
    }
  }

  /// {@return the loader of the class path, which shipped classes have as their parent}
  public ClassLoader classPathLoader() {
    return classPath;
  }

  /// Takes a class that closures defined later may name.
  public void define(ClassDefinition definition) {
    definitions.put(definition.id(), definition);
  }

  /// Takes a large value.
  ///
  /// @param number never used again for another value
  /// @param range where its content is, or null if it follows in calls of [#append]
  public void defineValue(long number, ValueForm form, @Nullable Range range) {
    ValueContent content =
        range == null ? new HeldValue.Received(form) : new SharedContent(files, range);
    values.define(number, form, content);
  }

  /// Adds bytes to the content of a large value.
  public void append(long number, byte[] bytes) {
    values.append(number, bytes);
  }

  /// Drops a large value. Does nothing if it is unknown.
  public void forgetValue(long number) {
    values.forget(number);
  }

  /// Closes the files of shared memory, which are opened again when they are needed, and returns
  /// what was kept ready there.
  ///
  /// @return how many bytes were mapped
  public long closeFiles() throws IOException {
    memory.rest();
    values.next().drop();
    return files.closeAll();
  }

  /// Takes a part of the state of closures defined later.
  public void definePart(ContentId id, Payload bytes) {
    parts.put(id, bytes.bytes());
  }

  /// Drops a part. Does nothing if it is unknown.
  public void forgetPart(ContentId id) {
    parts.remove(id);
    worlds.forEach(slot -> slot.world.forgetPart(id));
  }

  /// Uses the time while there is no task.
  public void makeReady() {
    values.next().make();
  }

  /// {@return how often large state was built, and how often kept}
  public StateCounts counts() {
    return counts;
  }

  /// Takes a closure.
  ///
  /// @throws IllegalStateException if one of its classes has not been defined
  public void define(ClosureDefinition closure) {
    List<ClassDefinition> classes = new ArrayList<>();
    for (ContentId id : closure.classes()) {
      ClassDefinition definition = definitions.get(id);
      if (definition == null) {
        throw new IllegalStateException(
            "closure " + closure.id() + " needs class " + id + ", which has not been defined");
      }
      classes.add(definition);
    }
    if (closure.stays() || classes.stream().anyMatch(each -> residents.has(each.name()))) {
      stay(classes);
    }
    ClosureState state = new ClosureState(closure, parts, values, counts);
    // What a task gets as the answer of an actor has one message to travel in.
    ResultMemory results = closure.runsInputs() ? ResultMemory.NONE : memory;
    closures.put(
        closure.id(),
        new LoadedClosure(
            new LoadedClosure.Kind(closure.stays(), closure.runsInputs()),
            worldFor(classes),
            classes,
            state,
            () -> new ResultValues(files, results, counts)));
  }

  /// Takes in classes that stay, and with them those of every closure that has one of them: classes
  /// of one loader see nothing of another's but what is public. Worlds that have classes of these
  /// names get those that stay instead.
  private void stay(List<ClassDefinition> classes) {
    Set<String> fresh = new HashSet<>(residents.add(classes));
    boolean grows = !fresh.isEmpty();
    while (grows) {
      grows = false;
      for (LoadedClosure closure : closures.values()) {
        if (closure.definitions().stream().anyMatch(each -> fresh.contains(each.name()))) {
          grows |= fresh.addAll(residents.add(closure.definitions()));
        }
      }
    }
    for (WorldSlot slot : worlds) {
      if (fresh.stream().anyMatch(slot.world::defines)) {
        slot.world = slot.world.renewed();
      }
    }
  }

  /// Drops a closure, and its classes as far as no other closure shares their loader. Does nothing
  /// if it is unknown.
  public void forget(ContentId closure) {
    LoadedClosure dropped = closures.remove(closure);
    if (dropped != null) {
      dropped.leave();
      dropEmptyWorlds();
    }
  }

  /// Drops the definition of a class; closures that have it keep it. Does nothing if it is unknown.
  public void forgetClass(ContentId definition) {
    definitions.remove(definition);
  }

  /// {@return the classes of the task that runs, or ran last; safe from any thread}
  ///
  /// @throws IllegalStateException if there was none
  public RunningClasses running() {
    RunningClasses known = running;
    if (known == null) {
      throw new IllegalStateException("no task has run here");
    }
    return known;
  }

  /// {@return how many loaders for shipped classes there are}
  public int worldCount() {
    return worlds.size();
  }

  /// Rebuilds a closure's function and statics as they were captured, and an input. What goes wrong
  /// in the task's own code while it does becomes the outcome of [Prepared#run].
  ///
  /// @param inputValues the large values that the input refers to
  /// @throws IllegalStateException if the closure has not been defined
  public Prepared prepare(ContentId closure, Payload input, List<Long> inputValues) {
    values.next().nextTask(!inputValues.isEmpty());
    memory.begin();
    return loaded(closure)
        .prepare(residents, input, inputValues.isEmpty() ? null : values.forInput(inputValues));
  }

  /// Runs the next task of a chunk, as [#prepare] and [Prepared#run] would together.
  ///
  /// @param inputs at the task's input, and behind it afterwards, whatever happens
  /// @param ends gets how it ended, unless this throws
  /// @throws argosy.wire.StopPoint.Stopped if the task was stopped
  /// @throws IllegalStateException if the closure has not been defined
  public void runNext(ContentId closure, Pack.Reader inputs, ChunkEnds ends) {
    values.next().nextTask(false);
    loaded(closure).runNext(residents, inputs, ends);
  }

  private LoadedClosure loaded(ContentId closure) {
    LoadedClosure loaded = closures.get(closure);
    if (loaded == null) {
      throw new IllegalStateException("closure " + closure + " has not been defined");
    }
    hasRun = true;
    running = loaded.running();
    return loaded;
  }

  /// The newest world stays, because the next closure is likely to need what it has.
  private void dropEmptyWorlds() {
    worlds.subList(1, worlds.size()).removeIf(WorldSlot::isEmpty);
  }

  private WorldSlot worldFor(List<ClassDefinition> classes) {
    for (WorldSlot slot : worlds) {
      if (slot.accepts(classes)) {
        slot.enter(classes);
        return slot;
      }
    }
    WorldSlot slot = new WorldSlot(new World(residents));
    slot.enter(classes);
    worlds.add(0, slot);
    dropEmptyWorlds();
    return slot;
  }
}
