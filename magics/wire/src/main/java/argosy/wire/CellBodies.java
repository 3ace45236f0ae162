package argosy.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cell that runs on a worker as it would in the notebook: its parts one after the other, in
/// statics that stay there. So do the locale, the time zone and the system properties that it sets.
///
/// @param classes the class of each part; one with something to run has a static method [#BODY]
/// @param returning those that end the cell if [#BODY] returns anything: an array around the value
/// @param wanted what becomes of the value of the part that came last
public record CellBodies(List<Class<?>> classes, Set<Class<?>> returning, Wanted wanted)
    implements ResidentFunction<@Nullable Object> {

  /// The method without parameters that runs a part.
  public static final String BODY = "do_it$";

  /// What a cell is asked for besides being run.
  public enum Wanted {
    /// Nothing.
    NOTHING,
    /// The value, to look at: a [PrintedValue] stands for one that cannot leave its worker.
    LOOK,
    /// The value itself.
    VALUE
  }

  /// A loader whose classes keep their state.
  public interface Home {

    /// Says that the part of the cell which this class is has run to its end.
    void settled(Class<?> part);
  }

  /// Copies.
  public CellBodies {
    classes = List.copyOf(classes);
    returning = Set.copyOf(returning);
  }

  @Override
  public @Nullable Object apply(@Nullable Object input) throws Exception {
    CurrentTask task = CurrentTask.get();
    if (task != null) {
      task.keepSurroundings();
    }
    Object value = null;
    for (Class<?> part : classes) {
      value = run(part);
      if (part.getClassLoader() instanceof Home home) {
        home.settled(part);
      }
      if (value instanceof Object[] box && returning.contains(part)) {
        value = box[0];
        break;
      }
    }
    return wanted == Wanted.NOTHING ? null : value;
  }

  private static @Nullable Object run(Class<?> part) throws Exception {
    Method body;
    try {
      body = part.getDeclaredMethod(BODY);
    } catch (NoSuchMethodException e) {
      return null; // it only declares something
    }
    body.setAccessible(true);
    try {
      return body.invoke(null);
    } catch (InvocationTargetException e) {
      throw CellBodies.<RuntimeException>unchecked(
          Objects.requireNonNull(e.getCause(), "a body that failed has thrown something"));
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is what it is for
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }
}
