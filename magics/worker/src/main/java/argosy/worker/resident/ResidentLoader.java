package argosy.worker.resident;

import argosy.wire.CellBodies;
import argosy.wire.ClassDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Defines the classes that stay. Safe from any thread, except that only one at a time may add or
/// match definitions.
/*
 * A class keeps its place when its code changes: closures that were captured before and after a
 * change may both still run, so each brings its own code into force before it does.
 */
public final class ResidentLoader extends ClassLoader implements CellBodies.Home {

  static {
    registerAsParallelCapable();
  }

  private final Map<String, ClassDefinition> definitions = new ConcurrentHashMap<>();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  /// A loader without classes of its own.
  public ResidentLoader(ClassLoader parent) {
    super(parent);
    setDefaultAssertionStatus(true); // as in the notebook
  }

  /// Takes classes in that are to stay.
  ///
  /// @return the names that did not stay before
  public List<String> add(List<ClassDefinition> staying) {
    List<String> fresh = new ArrayList<>();
    for (ClassDefinition definition : staying) {
      if (definitions.putIfAbsent(definition.name(), definition) == null) {
        fresh.add(definition.name());
      }
    }
    return fresh;
  }

  /// Brings the code of a closure into force, as far as its classes stay here with another one.
  ///
  /// @throws IllegalStateException if the JVM cannot exchange it
  public void match(List<ClassDefinition> wanted) {
    if (definitions.isEmpty()) {
      return;
    }
    List<ClassDefinition> changed = new ArrayList<>();
    for (ClassDefinition definition : wanted) {
      ClassDefinition now = definitions.get(definition.name());
      if (now != null && !now.id().equals(definition.id())) {
        changed.add(definition);
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    // What the new code names besides must be found from here.
    add(wanted);
    synchronized (this) {
      Redefinition redefinition = new Redefinition();
      for (ClassDefinition definition : changed) {
        Class<?> loaded = findLoadedClass(definition.name());
        if (loaded != null) {
          redefinition.add(loaded, definition.bytes().bytes());
        }
      }
      redefinition.apply();
      changed.forEach(definition -> definitions.put(definition.name(), definition));
    }
  }

  /// {@return whether a class of this name stays here}
  public boolean has(String name) {
    return definitions.containsKey(name);
  }

  @Override
  public void settled(Class<?> part) {
    settled.add(part.getName());
  }

  /// {@return whether a part of a cell has run here to its end}
  public boolean isSettled(Class<?> part) {
    return part.getClassLoader() == this && settled.contains(part.getName());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      ClassDefinition definition = definitions.get(name);
      if (definition == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = definition.bytes().bytes();
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
