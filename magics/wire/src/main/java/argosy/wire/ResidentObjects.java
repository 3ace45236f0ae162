package argosy.wire;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The objects that live in this process for whoever knows their numbers. Safe from any thread.
public final class ResidentObjects {

  /// An object, or why it could not be made.
  private record Holder<T extends @Nullable Object>(T value, @Nullable Throwable failure) {}

  private static final Map<Long, Holder<?>> HOLDERS = new ConcurrentHashMap<>();

  /// Those that a call works with.
  private static final Set<Long> IN_USE = ConcurrentHashMap.newKeySet();

  private ResidentObjects() {}

  static void put(long id, @Nullable Object value) {
    HOLDERS.put(id, new Holder<@Nullable Object>(value, null));
  }

  static void fail(long id, Throwable failure) {
    HOLDERS.put(id, new Holder<@Nullable Object>(null, failure));
  }

  static void remove(long id) {
    HOLDERS.remove(id);
  }

  /// {@return the object of this number}
  ///
  /// @param <T> what the caller knows it to be
  ///
  /// @throws IllegalStateException if there is none; says why if it could not be made
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T extends @Nullable Object> T get(long id) {
    Holder<T> holder = (Holder<T>) HOLDERS.get(id);
    if (holder == null) {
      throw new IllegalStateException(
          "this process does not have the object: it was closed, or was never brought here");
    }
    Throwable failure = holder.failure();
    if (failure != null) {
      throw new IllegalStateException("the object could not be made: " + failure, failure);
    }
    return holder.value();
  }

  /// Applies a function to the object of this number, alone with it.
  ///
  /// @throws IllegalStateException if there is none, or a call is at work with it
  static <T extends @Nullable Object, R extends @Nullable Object> R use(
      long id, Function<? super T, ? extends R> function) {
    if (!IN_USE.add(id)) {
      throw new IllegalStateException(
          "the actor is at work on the call that this one is made in; call the method itself");
    }
    try {
      return function.apply(ResidentObjects.<T>get(id));
    } finally {
      IN_USE.remove(id);
    }
  }

  /// {@return whether there is an object of this number here}
  public static boolean has(long id) {
    return HOLDERS.containsKey(id);
  }

  /// {@return whether a call is at work with the object of this number}
  public static boolean isInUse(long id) {
    return IN_USE.contains(id);
  }
}
