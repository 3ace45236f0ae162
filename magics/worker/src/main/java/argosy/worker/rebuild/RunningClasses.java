package argosy.worker.rebuild;

import argosy.wire.ClassDefinition;
import java.util.List;

/// The classes in which a task speaks to others while it runs, on whichever of its threads. Safe
/// from any thread.
///
/// @param stays whether they stay on this worker, for those that come later
public record RunningClasses(World world, List<ClassDefinition> definitions, boolean stays) {

  /// {@return a table of them, for one thread}
  public ShippedClasses table() {
    return new ShippedClasses(world, definitions);
  }
}
