package argosy;

import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// The engine of this process: the one that was installed, or the first that is found.
final class InstalledEngine {

  private static volatile @Nullable Engine engine;

  private InstalledEngine() {}

  static Engine get() {
    Engine installed = engine;
    return installed != null ? installed : find();
  }

  static synchronized void set(Engine installed) {
    engine = Objects.requireNonNull(installed, "engine is null");
  }

  private static synchronized Engine find() {
    Engine installed = engine;
    if (installed == null) {
      installed =
          ServiceLoader.load(Engine.class, Engine.class.getClassLoader())
              .findFirst()
              .orElseThrow(() ->
                  new IllegalStateException(
                      "no argosy.Engine is on the class path; argosy.jar has one"));
      engine = installed;
    }
    return installed;
  }
}
