package argosy.worker.resident;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/// New code for classes that are loaded; all of it or none comes into force.
final class Redefinition {

  private final List<ClassDefinition> definitions = new ArrayList<>();

  void add(Class<?> type, byte[] classFile) {
    definitions.add(new ClassDefinition(type, classFile));
  }

  /// @throws IllegalStateException if the JVM cannot do it
  void apply() {
    if (definitions.isEmpty()) {
      return;
    }
    Instrumentation instrumentation = RedefinitionAgent.load();
    try {
      instrumentation.redefineClasses(definitions.toArray(new ClassDefinition[0]));
    } catch (UnsupportedOperationException
        | ClassNotFoundException
        | UnmodifiableClassException
        | LinkageError e) {
      throw new IllegalStateException(
          "a class that stays on the workers has changed in a way that a running JVM cannot follow ("
              + e.getMessage()
              + "); stop the workers with %workers 0 and run the cells that define it again",
          e);
    }
  }
}
