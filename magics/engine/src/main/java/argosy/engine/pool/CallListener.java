package argosy.engine.pool;

/// Hears of a call's end.
@FunctionalInterface
public interface CallListener {

  /// Called once, on any thread, unless the call was cancelled first; must not block nor throw.
  void ended(CallEnd end);

  /// Called if there are several in one and the last of them will not begin, as a rule before
  /// [#ended], on any thread; must not block nor throw. If it comes later, it says nothing new: the
  /// end has told how far they went.
  ///
  /// @param kept how many are left
  default void givenBack(int kept) {}

  /// As [#ended], from a thread that will say [#finish] some microseconds later, so that what is
  /// left to do may be done by whoever comes for the result meanwhile.
  ///
  /// @return whether it is to say so
  default boolean endedJustNow(CallEnd end) {
    ended(end);
    return false;
  }

  /// {@return whether it is time for [#finish]}
  default boolean isDue() {
    return true;
  }

  /// Does what is left to do, if nobody has.
  default void finish() {}

  /// {@return who has asked for it}
  default Caller caller() {
    return Caller.UNKNOWN;
  }

  /// {@return the how-manieth try this is, from 1 on}
  default int tries() {
    return 1;
  }

  /// {@return what its caller calls it, such as `input 5`, or nothing}
  ///
  /// @param index which one, if there are several in one
  default String what(int index) {
    return "";
  }

  /// {@return what messages call a task: by its number, and by what its caller calls it}
  ///
  /// @param index which one, if there are several in one
  default String name(long task, int index) {
    String known = what(index);
    return known.isEmpty() ? "task " + task : "task %d (%s)".formatted(task, known);
  }
}
