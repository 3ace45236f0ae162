package argosy.kernel.jshell;

import argosy.kernel.extension.CellClasses;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What extensions may know about the classes of cells.
final class RecordedClasses implements CellClasses {

  private final CellLoader loader;

  RecordedClasses(CellLoader loader) {
    this.loader = loader;
  }

  @Override
  public Optional<byte[]> bytes(Class<?> type) {
    CellLoader home = loader.home(type);
    return home == null ? Optional.empty() : Optional.ofNullable(home.recorded(type.getName()));
  }

  @Override
  public List<Class<?>> named(String name) {
    byte @Nullable [] recorded = loader.recorded(name);
    if (recorded == null) {
      return List.of();
    }
    try {
      return List.of(loader.find(name));
    } catch (ClassNotFoundException | LinkageError e) {
      return List.of();
    }
  }

  @Override
  public Optional<String> declared(String name) {
    return loader.declared(name);
  }

  /// A class without static initialiser counts as initialised: there is nothing left to run.
  @Override
  public boolean isInitialized(Class<?> type) {
    if (Woven.isInitialized(type)) {
      return true;
    }
    return bytes(type)
        .map(recorded ->
            ClassFile.of().parse(recorded).methods().stream()
                .noneMatch(method -> method.methodName().equalsString("<clinit>")))
        .orElse(true);
  }

  @Override
  public boolean isElsewhere(Class<?> type) {
    CellLoader home = loader.home(type);
    return home != null && home.elsewhere().has(type.getName());
  }

  @Override
  public ClassLoader loader() {
    return loader;
  }
}
