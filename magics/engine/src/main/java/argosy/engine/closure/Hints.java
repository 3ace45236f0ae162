package argosy.engine.closure;

import argosy.Explanation.Write;
import argosy.engine.closure.Explainer.Captured;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Advice on what is captured: what would be cheaper, and what brings more along than is used.
final class Hints {

  /// From here on it is worth a thought.
  private static final long LARGE = 1_000_000;

  /// An object that is larger than this, and of which only one field is used, is worth a local.
  private static final long WORTH_A_LOCAL = 1_000;

  private static final Set<Class<?>> SHARABLE =
      Set.of(double[].class, float[].class, long[].class, int[].class, byte[].class);

  private final MethodUses own;
  private final UsesReader uses;
  private final Reach reach;

  Hints(MethodUses own, UsesReader uses, Reach reach) {
    this.own = own;
    this.uses = uses;
    this.reach = reach;
  }

  List<String> about(Collection<Captured> captured, List<Write> writes) {
    List<String> hints = new ArrayList<>();
    for (Captured each : captured) {
      Object value = each.value();
      if (value == null) {
        continue;
      }
      boolean isWritten = writes.stream().anyMatch(write -> write.name().equals(each.name()));
      String field = onlyField(each.origin());
      if (field != null && hasOtherFields(value.getClass()) && each.bytes() > WORTH_A_LOCAL) {
        hints.add(
            "all of %s travels (%s), of which only the field %s is used; copy that into a local first"
                .formatted(each.name(), megabytes(each.bytes()), field));
      } else if (each.bytes() > LARGE && SHARABLE.contains(value.getClass())) {
        hints.add(
            "%s is large (%s); Shared.of(...) makes it one copy that all workers see"
                    .formatted(each.name(), megabytes(each.bytes()))
                + (isWritten ? ", what tasks write included" : ""));
      } else if (each.bytes() > LARGE) {
        hints.add(
            "%s is large (%s); it is sent once to each worker"
                    .formatted(each.name(), megabytes(each.bytes()))
                + (isWritten ? ", and rebuilt after each task, because tasks change it" : ""));
      }
    }
    return hints;
  }

  private @Nullable String onlyField(Origin origin) {
    if (origin instanceof Origin.Argument) {
      return own.onlyField(origin);
    }
    String only = null;
    for (Reach.Followed followed : reach.followed()) {
      MethodUses of = uses.of(followed);
      if (of.isUsed(origin)) {
        return null;
      }
      for (String field : of.fieldsRead(origin)) {
        if (only != null && !only.equals(field)) {
          return null;
        }
        only = field;
      }
    }
    return only;
  }

  private static boolean hasOtherFields(Class<?> type) {
    int count = 0;
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        count += Modifier.isStatic(field.getModifiers()) ? 0 : 1;
      }
    }
    return count > 1;
  }

  private static String megabytes(long bytes) {
    return bytes < 99_500
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
