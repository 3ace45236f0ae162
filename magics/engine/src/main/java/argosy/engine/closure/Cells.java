package argosy.engine.closure;

import argosy.engine.host.Host;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cell classes of one process, as one capture has met them: each as it was when it was met.
final class Cells {

  private final Host host;
  private final Map<Class<?>, Optional<CellClass>> known = new HashMap<>();
  private final Map<Class<?>, Boolean> initialized = new HashMap<>();
  private final Map<Class<?>, Boolean> resident = new HashMap<>();

  Cells(Host host) {
    this.host = host;
  }

  /// {@return a class's bytecode, or null if workers find the class themselves}
  @Nullable CellClass get(@Nullable Class<?> type) {
    if (type == null || type.isPrimitive() || type.getClassLoader() == null) {
      return null;
    }
    Optional<CellClass> cell = known.get(type);
    if (cell == null) {
      cell = host.classBytes(type).map(raw -> CellClass.of(type, raw));
      known.put(type, cell);
    }
    return cell.orElse(null);
  }

  /// {@return the cell class that cells call so now, or null}
  @Nullable CellClass declared(String name) {
    Optional<String> whole = host.declared(name);
    try {
      return whole.isEmpty() ? null : get(Class.forName(whole.get(), false, host.loader()));
    } catch (ClassNotFoundException e) {
      return null; // it is not there any more
    }
  }

  /// {@return whether the statics of a cell class live on the workers}
  boolean isResident(CellClass cell) {
    return resident.computeIfAbsent(cell.type(), host::isResident);
  }

  /// {@return whether nothing of a cell class would run if one of its statics were read now; what
  /// is resident starts on the workers, whatever has run here}
  boolean isInitialized(CellClass cell) {
    Boolean answer = initialized.get(cell.type());
    if (answer == null) {
      CellClass parent = get(cell.type().getSuperclass());
      boolean parentIs = parent == null || isInitialized(parent);
      answer =
          !isResident(cell)
              && parentIs
              && (cell.initializer() == null || host.isInitialized(cell.type()));
      initialized.put(cell.type(), answer);
    }
    return answer;
  }

  /// {@return what a static of an initialized cell class holds now}
  @Nullable Object valueOf(Class<?> owner, String name) {
    CellClass cell = get(owner);
    if (cell == null) {
      throw new IllegalArgumentException(owner + " is no class of a cell");
    }
    try {
      return cell.staticField(name).get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    }
  }

  /// {@return the cell class that declares a static which `from` names, or null}
  @Nullable CellClass declaring(CellClass from, String owner, String field) {
    return declaring(from.resolve(owner), field);
  }

  private @Nullable CellClass declaring(@Nullable Class<?> type, String field) {
    CellClass cell = get(type);
    if (type == null || cell == null) {
      return null;
    }
    if (cell.hasStatic(field)) {
      return cell;
    }
    for (Class<?> each : type.getInterfaces()) {
      CellClass found = declaring(each, field);
      if (found != null) {
        return found;
      }
    }
    return declaring(type.getSuperclass(), field);
  }
}
