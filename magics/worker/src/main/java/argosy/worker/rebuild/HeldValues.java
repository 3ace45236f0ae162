package argosy.worker.rebuild;

import argosy.wire.ValueUse;
import argosy.wire.codec.Inlet;
import argosy.wire.memory.ValueForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The large values that a worker was sent, by number.
final class HeldValues {

  private final StateCounts counts;
  private final Map<Long, HeldValue> values = new HashMap<>();
  private final NextArray next = new NextArray();

  HeldValues(StateCounts counts) {
    this.counts = counts;
  }

  void define(long number, ValueForm form, ValueContent content) {
    HeldValue value = new HeldValue(form, content, counts);
    if (value.isLarge()) {
      values.values().forEach(HeldValue::makeWay);
    }
    values.put(number, value);
  }

  /// {@return the array for what the next task's input may have}
  NextArray next() {
    return next;
  }

  void append(long number, byte[] bytes) {
    get(number).append(bytes);
  }

  void forget(long number) {
    values.remove(number);
  }

  HeldValue get(long number) {
    HeldValue value = values.get(number);
    if (value == null) {
      throw new IllegalStateException("large value " + number + " has not been defined");
    }
    return value;
  }

  /// {@return what brings an input's values, each as an object of the task's own}
  Inlet forInput(List<Long> numbers) {
    return number -> get(numbers.get(number)).fresh(next);
  }

  /// {@return what brings a closure's values to one task}
  ///
  /// @param isKept whether the task may get objects that an earlier task had, and a later one gets
  StateInlet forState(List<ValueUse> uses, boolean isKept) {
    return new StateInlet(this, uses, isKept);
  }

  /// Brings a closure's values to one task: each is found once, so that all who refer to it get one
  /// object.
  static final class StateInlet implements Inlet {

    private final HeldValues values;
    private final List<ValueUse> uses;
    private final boolean isKept;
    private final @Nullable Object[] brought;

    private StateInlet(HeldValues values, List<ValueUse> uses, boolean isKept) {
      this.values = values;
      this.uses = uses;
      this.isKept = isKept;
      this.brought = new @Nullable Object[uses.size()];
    }

    @Override
    public Object bring(int number) {
      Object known = brought[number];
      if (known == null) {
        ValueUse use = uses.get(number);
        HeldValue value = values.get(use.value());
        known = isKept ? value.kept(use.occurrence(), use.isReadOnly()) : value.fresh();
        brought[number] = known;
      }
      return known;
    }
  }
}
