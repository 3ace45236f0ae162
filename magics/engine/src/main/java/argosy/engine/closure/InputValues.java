package argosy.engine.closure;

import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.wire.codec.Outlet;
import java.util.ArrayList;
import java.util.List;

/// The large values of one input.
final class InputValues implements Outlet {

  private final ValueStore store;
  private final List<StoredValue> values = new ArrayList<>();

  InputValues(ValueStore store) {
    this.store = store;
  }

  @Override
  public int take(Object value) {
    values.add(store.store(value));
    return values.size() - 1;
  }

  @Override
  public int count() {
    return values.size();
  }

  @Override
  public void truncate(int count) {
    values.subList(count, values.size()).clear();
  }

  List<StoredValue> stored() {
    return values;
  }
}
