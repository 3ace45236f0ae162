package argosy.engine.closure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a method and those that it calls do with what they get from outside.
final class MethodUses {

  /// Something from outside is written.
  ///
  /// @param origin what is written, or what it is inside of
  /// @param how such as `assigned` or `add(...)`
  /// @param place such as `Cell [3], line 2`
  /// @param isCertain whether it is no guess from the name of a method
  record Writing(Origin origin, String how, String place, boolean isCertain) {}

  static final MethodUses NONE = new MethodUses();

  private final Set<Writing> writings = new LinkedHashSet<>();
  private final Map<Origin, Set<String>> fieldsRead = new HashMap<>();
  private final Set<Origin> escaped = new HashSet<>();
  private final Set<Origin> needed = new HashSet<>();
  private final Set<Origin> changedInResult = new HashSet<>();
  private @Nullable Origin returned;

  /// {@return what is written, in the order of the code}
  Set<Writing> writings() {
    return writings;
  }

  /// {@return the only field of a value that is read, if nothing else is done with the value}
  @Nullable String onlyField(Origin origin) {
    Set<String> fields = fieldsRead.getOrDefault(origin, Set.of());
    return fields.size() == 1 && !escaped.contains(origin) ? fields.iterator().next() : null;
  }

  /// {@return what the method returns something of, if that is clear}
  @Nullable Origin returned() {
    return returned;
  }

  void write(Writing writing) {
    writings.add(writing);
  }

  void readField(Origin origin, String field) {
    fieldsRead.computeIfAbsent(origin, _ -> new HashSet<>()).add(field);
  }

  void use(Origin origin) {
    escaped.add(origin);
  }

  void returns(Origin origin) {
    returned = origin;
  }

  /// {@return the fields that are read of a value, whatever else is done with it}
  Set<String> fieldsRead(Origin origin) {
    return fieldsRead.getOrDefault(origin, Set.of());
  }

  /// {@return whether a value is read for anything but to change it}
  boolean isNeeded(Origin origin) {
    return needed.contains(origin);
  }

  void need(Origin origin) {
    needed.add(origin);
  }

  /// {@return what the method changes and returns the new value of, as `count.incrementAndGet()`
  /// does}
  Set<Origin> changedInResult() {
    return changedInResult;
  }

  void returnChanged(Origin origin) {
    changedInResult.add(origin);
  }

  /// {@return how much is known, which only grows}
  int size() {
    return writings.size() + needed.size() + changedInResult.size();
  }

  boolean isUsed(Origin origin) {
    return escaped.contains(origin);
  }
}
