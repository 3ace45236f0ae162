package argosy.worker.rebuild;

import argosy.wire.ClassDefinition;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.UnshippableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The classes of one closure in one world, by the numbers that the engine gave them.
public final class ShippedClasses implements ClassTable {

  private final World world;
  private final List<ClassDefinition> definitions;
  private final @Nullable Class<?>[] classes;
  private final Map<String, Integer> numbers = new HashMap<>();

  /// What was found by its name: to look for a class costs more than to read a small value of it.
  private final Map<String, Class<?>> found = new HashMap<>();

  ShippedClasses(World world, List<ClassDefinition> definitions) {
    this.world = world;
    this.definitions = definitions;
    this.classes = new @Nullable Class<?>[definitions.size()];
    for (int i = 0; i < classes.length; i++) {
      numbers.put(definitions.get(i).name(), i);
    }
  }

  World world() {
    return world;
  }

  @Override
  public int numberOf(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader instanceof World) {
      Integer number = loader.equals(world) ? numbers.get(type.getName()) : null;
      if (number == null) {
        throw new UnshippableException(
            type.getName(), "this class came with another job; return plain data instead");
      }
      return number;
    }
    return BY_NAME;
  }

  @Override
  public Class<?> numbered(int number) {
    Class<?> known = classes[number];
    if (known == null) {
      try {
        known = Class.forName(definitions.get(number).name(), false, world);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("the world has every class of its closures", e);
      }
      classes[number] = known;
    }
    return known;
  }

  @Override
  public Class<?> named(String name) throws ClassNotFoundException {
    Class<?> known = found.get(name);
    if (known == null) {
      known = Class.forName(name, false, world);
      found.put(name, known);
    }
    return known;
  }
}
