package argosy.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The objects that live in this process for whoever knows their numbers. Safe from any thread.
public final class ResidentObjects {

  /// An object, or why it could not be made.
  private record Holder<T extends @Nullable Object>(T value, @Nullable Throwable failure) {}

  private static final Map<Long, Holder<?>> HOLDERS = new ConcurrentHashMap<>();

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
}
