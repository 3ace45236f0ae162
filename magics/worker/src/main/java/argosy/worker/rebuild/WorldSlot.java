package argosy.worker.rebuild;

/// Holds the world that some closures share, so that all of them see when it is renewed.
final class WorldSlot {

  World world;

  /// How many closures live here.
  int users;

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
}
