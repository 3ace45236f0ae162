package argosy.worker.rebuild;

import argosy.wire.codec.ClassTable;
import java.util.List;

/// The classes of a closure, by the numbers that one part of its state has for them.
final class PartTable implements ClassTable {

  private final ShippedClasses closure;
  private final List<Integer> positions;

  PartTable(ShippedClasses closure, List<Integer> positions) {
    this.closure = closure;
    this.positions = positions;
  }

  @Override
  public int numberOf(Class<?> type) {
    return closure.numberOf(type);
  }

  @Override
  public Class<?> numbered(int number) {
    return closure.numbered(positions.get(number));
  }

  @Override
  public Class<?> named(String name) throws ClassNotFoundException {
    return closure.named(name);
  }
}
