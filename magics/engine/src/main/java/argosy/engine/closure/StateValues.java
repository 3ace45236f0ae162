package argosy.engine.closure;

import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.wire.ValueUse;
import argosy.wire.codec.Outlet;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// The large values that a closure's state refers to. Each object has one position, in whichever
/// graph it is met; another object with the same content has a position of its own.
final class StateValues implements Outlet {

  private final ValueStore store;
  private final List<StoredValue> values = new ArrayList<>();
  private final List<Object> objects = new ArrayList<>();
  private final IdentityHashMap<Object, Integer> positions = new IdentityHashMap<>();

  StateValues(ValueStore store) {
    this.store = store;
  }

  @Override
  public int take(Object value) {
    Integer known = positions.get(value);
    if (known != null) {
      return known;
    }
    int position = values.size();
    values.add(store.store(value));
    objects.add(value);
    positions.put(value, position);
    return position;
  }

  @Override
  public int count() {
    return values.size();
  }

  @Override
  public void truncate(int count) {
    for (int last = values.size() - 1; last >= count; last--) {
      values.remove(last);
      positions.remove(objects.remove(last));
    }
  }

  /// {@return what the positions stand for}
  List<StoredValue> stored() {
    return List.copyOf(values);
  }

  /// {@return how the closure uses them}
  List<ValueUse> uses() {
    List<ValueUse> uses = new ArrayList<>(values.size());
    IdentityHashMap<StoredValue, Integer> occurrences = new IdentityHashMap<>();
    for (StoredValue value : values) {
      int occurrence = occurrences.merge(value, 1, Integer::sum) - 1;
      uses.add(new ValueUse(value.number(), occurrence, false));
    }
    return uses;
  }

  /// {@return what takes the values of one graph, which numbers them by itself}
  PartValues part() {
    return new PartValues();
  }

  /// The values of one graph: positions among those of the closure.
  final class PartValues implements Outlet {

    private final List<Integer> taken = new ArrayList<>();

    @Override
    public int take(Object value) {
      taken.add(StateValues.this.take(value));
      return taken.size() - 1;
    }

    @Override
    public int count() {
      return taken.size();
    }

    @Override
    public void truncate(int count) {
      taken.subList(count, taken.size()).clear();
    }

    List<Integer> positions() {
      return taken;
    }
  }
}
