package argosy.worker.rebuild;

import argosy.wire.ClassDefinition;
import argosy.wire.ContentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds the world that some closures share, so that all of them see when it is renewed.
final class WorldSlot {

  /// Classes that no closure needs any more are kept in a world, because a loader cannot give up
  /// one of them: so many besides as many as are needed.
  private static final int SPARE_CLASSES = 64;

  World world;

  private final Map<ContentId, Integer> users = new HashMap<>();
  private int closures;

  WorldSlot(World world) {
    this.world = world;
  }

  /// {@return the world, a new one if a class initialized itself in the one before}
  World current() {
    if (world.isSpent()) {
      world = world.renewed();
    }
    return world;
  }

  /// {@return whether a closure with these classes may live here}
  boolean accepts(List<ClassDefinition> classes) {
    return world.accepts(classes) && world.size() <= SPARE_CLASSES + 2 * users.size();
  }

  /// Takes a closure in.
  void enter(List<ClassDefinition> classes) {
    world.add(classes);
    classes.forEach(each -> users.merge(each.id(), 1, Integer::sum));
    closures++;
  }

  /// Lets a closure go.
  void leave(List<ClassDefinition> classes) {
    classes.forEach(each -> users.merge(each.id(), -1, (a, b) -> a + b == 0 ? null : a + b));
    closures--;
  }

  /// {@return whether no closure lives here}
  boolean isEmpty() {
    return closures == 0;
  }
}
