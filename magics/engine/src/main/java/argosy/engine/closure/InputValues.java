package argosy.engine.closure;

import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.wire.codec.Outlet;
import java.util.ArrayList;
import java.util.List;

/// The large values of one input after the other.
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

  /// {@return those of the input that has just been written, whose caller releases them}
  List<StoredValue> taken() {
    List<StoredValue> taken = List.copyOf(values);
    values.clear();
    return taken;
  }
}
