package argosy.engine.closure;

import argosy.engine.host.Host;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.LambdaShape;
import argosy.wire.codec.UnshippableException;
import java.lang.constant.MethodTypeDesc;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How a closure's classes are named: those of cells by the number under which they ship. Tells
/// [Reach] what the encoded values bring in.
final class CellTable implements ClassTable {

  private final Host host;
  private final Reach reach;
  private final CapturedNames names;

  /// What was found by its name: to look for a class costs more than to read a small value of it.
  private final Map<String, Class<?>> found = new HashMap<>();

  CellTable(Host host, Cells cells, Reach reach) {
    this.host = host;
    this.reach = reach;
    this.names = new CapturedNames(cells);
  }

  @Override
  public int numberOf(Class<?> type) {
    int number = reach.ship(type);
    if (number < 0 && !isNamed(type)) {
      throw new UnshippableException(
          "class " + type.getName(),
          "a library made this class at run time, where workers cannot find it; create the object"
              + " inside the task");
    }
    return number;
  }

  @Override
  public Class<?> numbered(int number) {
    List<CellClass> shipped = reach.shipped();
    if (number < 0 || number >= shipped.size()) {
      throw new IllegalStateException("the bytes are damaged: there is no class " + number);
    }
    return shipped.get(number).type();
  }

  @Override
  public Class<?> named(String name) throws ClassNotFoundException {
    Class<?> known = found.get(name);
    if (known == null) {
      known = Class.forName(name, false, host.loader());
      found.put(name, known);
    }
    return known;
  }

  @Override
  public void met(LambdaShape lambda) {
    reach.lambda(
        lambda.owner(),
        lambda.implementation(),
        lambda.descriptor(),
        MethodTypeDesc.ofDescriptor(lambda.captured()).parameterCount(),
        lambda.interfaces().contains(Comparator.class));
    if (lambda.implementation().equals("<init>")) {
      reach.instance(lambda.owner());
    }
    lambda.interfaces().forEach(reach::instance);
  }

  @Override
  public void met(Class<?> type) {
    reach.instance(type);
  }

  @Override
  public boolean isLiteral(String text) {
    return reach.isLiteral(text);
  }

  @Override
  public String capturedName(LambdaShape lambda, int index) {
    return names.of(lambda, index);
  }
}
