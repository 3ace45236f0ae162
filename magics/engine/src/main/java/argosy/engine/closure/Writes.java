package argosy.engine.closure;

import argosy.engine.closure.MethodWrites.Write;
import argosy.wire.memory.ArrayKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the tasks of a closure may change of its state, and where.
///
/// @param isEverything whether nothing is known to stay as it is
/// @param ofStatics how objects of a static are changed
/// @param ofFunction how what the function itself captured is changed
/// @param ofUnknown what is changed without it being known whose it is
record Writes(
    boolean isEverything,
    Map<Reach.Static, List<Write>> ofStatics,
    List<Write> ofFunction,
    List<Write> ofUnknown) {

  Writes {
    ofStatics = new LinkedHashMap<>(ofStatics);
    ofFunction = List.copyOf(ofFunction);
    ofUnknown = List.copyOf(ofUnknown);
  }

  static Writes everything() {
    return new Writes(true, Map.of(), List.of(), List.of());
  }

  /// {@return the code that changes, or may change, objects of an item}
  List<Write> of(Item item) {
    List<Write> all = new ArrayList<>(ofUnknown);
    switch (item) {
      case Item.Function _ -> all.addAll(ofFunction);
      case Item.Variable variable ->
          all.addAll(
              ofStatics.getOrDefault(
                  new Reach.Static(variable.owner(), variable.name()), List.of()));
      case Item.Resident _ -> {} // no part of the state
      case Item.EnumFields fields ->
          ofStatics.forEach((each, writes) -> {
            if (each.owner() == fields.type()) {
              all.addAll(writes);
            }
          });
    }
    return all;
  }

  /// {@return whether no object of these items changes}
  boolean leaves(Collection<Item> items) {
    return !isEverything && items.stream().allMatch(item -> of(item).isEmpty());
  }

  /// {@return whether no array of a kind changes that only these items reach}
  boolean leaves(ArrayKind kind, Collection<Item> items) {
    return !isEverything
        && items.stream()
            .flatMap(item -> of(item).stream())
            .noneMatch(write -> changes(write, kind));
  }

  private static boolean changes(Write write, ArrayKind kind) {
    return write.what().equals(Write.ANYTHING)
        || write
            .what()
            .equals(
                switch (kind) {
                  case LONG -> "[J";
                  case BOOLEAN -> "[B"; // one instruction serves both
                  default -> "[" + kind.name().charAt(0);
                });
  }
}
