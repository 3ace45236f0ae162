package argosy.engine.closure;

import java.util.List;
import java.util.Set;

/// What calls of the platform do to the values that they are given, told by their names. A guess,
/// good enough for a report; nothing else rests on it.
final class PlatformCalls {

  private static final Set<String> IMMUTABLE =
      Set.of(
          "java/lang/String",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Double",
          "java/lang/Float",
          "java/lang/Short",
          "java/lang/Byte",
          "java/lang/Character",
          "java/lang/Boolean",
          "java/lang/Class",
          "java/lang/Math",
          "java/math/BigDecimal",
          "java/math/BigInteger",
          "java/util/Optional",
          "java/util/Objects",
          "java/util/Locale",
          "java/util/UUID",
          "java/util/regex/Pattern");

  private static final Set<String> CHANGING =
      Set.of(
          "clear",
          "append",
          "insert",
          "merge",
          "sort",
          "push",
          "pop",
          "retainAll",
          "drainTo",
          "reverse",
          "flip",
          "lazySet",
          "accumulate",
          "reset",
          "swap",
          "shuffle",
          "fill",
          "setAll",
          "parallelSetAll",
          "parallelSort",
          "parallelPrefix",
          "rotate",
          "arraycopy",
          "setLength",
          "deleteCharAt",
          "println",
          "print",
          "printf",
          "accept",
          "close");

  private static final Set<String> CHANGING_PREFIXES =
      Set.of(
          "add",
          "put",
          "set",
          "remove",
          "delete",
          "replace",
          "compute",
          "poll",
          "offer",
          "increment",
          "decrement",
          "getAnd",
          "updateAnd",
          "accumulateAnd",
          "compareAnd",
          "write");

  private static final Set<String> INSIDE =
      Set.of(
          "get",
          "getOrDefault",
          "iterator",
          "listIterator",
          "next",
          "previous",
          "getKey",
          "getValue",
          "entrySet",
          "keySet",
          "values",
          "subList",
          "headMap",
          "tailMap",
          "subMap",
          "headSet",
          "tailSet",
          "getFirst",
          "getLast",
          "first",
          "last",
          "peek",
          "element",
          "firstEntry",
          "lastEntry",
          "reversed",
          "descendingMap",
          "descendingSet",
          "poll",
          "remove",
          "computeIfAbsent",
          "append",
          "orElseThrow",
          "requireNonNull",
          "asList");

  private static final Set<String> STATIC_OWNERS =
      Set.of("java/util/Arrays", "java/util/Collections", "java/lang/System");

  /// Packages and classes of `java.util` whose objects do what others tell them, or work on what is
  /// elsewhere.
  private static final List<String> NO_CONTAINERS =
      List.of(
          "function/",
          "stream/",
          "logging/",
          "prefs/",
          "jar/",
          "zip/",
          "spi/",
          "concurrent/Executor",
          "concurrent/Completable",
          "concurrent/Completion",
          "concurrent/ForkJoin",
          "concurrent/Thread",
          "concurrent/Flow",
          "concurrent/Submission",
          "Timer",
          "Formatter",
          "Scanner");

  private PlatformCalls() {}

  /// {@return the position of the argument that a call changes, the receiver being the first, or -1
  /// if it changes none}
  ///
  /// @param isDirect whether the receiver is what was captured and not something inside it
  static int changed(String owner, String name, boolean isStatic, boolean isDirect) {
    if (isValue(owner)) {
      return -1;
    }
    if (isStatic) {
      boolean isKnown = STATIC_OWNERS.contains(owner) && changes(name);
      return isKnown ? (name.equals("arraycopy") ? 2 : 0) : -1;
    }
    // An iterator over something captured is the task's own; a captured one is not.
    boolean moves = isDirect && name.startsWith("next") && !owner.equals("java/util/Map");
    return moves || changes(name) ? 0 : -1;
  }

  /// {@return what a call does with an argument, the receiver being the first}
  static Watches.Fate fate(String owner, String name, boolean isStatic, int position) {
    if (isValue(owner)) {
      return Watches.Fate.DERIVED;
    }
    if (isContainer(owner) && changed(owner, name, isStatic, true) == position) {
      return Watches.Fate.CHANGED;
    }
    return position == 0 && isInside(owner, name) ? Watches.Fate.DERIVED : Watches.Fate.NEEDED;
  }

  /// {@return whether objects of a class of the platform only hold what they are given, so that the
  /// names of its methods tell what they change}
  static boolean isContainer(String owner) {
    return owner.startsWith("java/lang/StringBu")
        || (owner.startsWith("java/util/")
            && NO_CONTAINERS.stream().noneMatch(each -> owner.startsWith("java/util/" + each)));
  }

  private static boolean isValue(String owner) {
    return IMMUTABLE.contains(owner) || owner.startsWith("java/time/");
  }

  /// {@return whether the result of a call belongs to its receiver or first argument}
  static boolean isInside(String owner, String name) {
    return INSIDE.contains(name) && !IMMUTABLE.contains(owner);
  }

  private static boolean changes(String name) {
    return CHANGING.contains(name)
        || name.endsWith("AndGet")
        || CHANGING_PREFIXES.stream().anyMatch(name::startsWith);
  }
}
