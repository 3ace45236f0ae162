package argosy.engine.pool;

import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.ToWorker.DefineClass;
import argosy.wire.ToWorker.DefineClosure;
import argosy.wire.ToWorker.ForgetClass;
import argosy.wire.ToWorker.ForgetClosure;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one worker has been sent and keeps, so that it is not sent again. Only this side decides
/// what is dropped, least recently used first. Guarded by the dispatcher's lock.
final class KnownClosures {

  private static final int MAX_CLOSURES = 256;
  private static final long MAX_BYTES = 256L << 20;

  private record Kept(ContentId id, List<ContentId> classes, int bytes) {}

  /// How many of the kept closures name each class that the worker has.
  private final Map<ContentId, Integer> classUsers = new HashMap<>();

  private final Map<ContentId, Kept> closures = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  boolean hasClosure(ContentId id) {
    return closures.containsKey(id);
  }

  boolean hasClass(ContentId definition) {
    return classUsers.containsKey(definition);
  }

  /// Sends what the worker lacks for a call of this closure.
  void provide(RemoteCall call, Connection to) {
    ClosureDefinition closure = call.closure();
    if (closures.get(closure.id()) != null) {
      return;
    }
    for (ClassDefinition definition : call.classes()) {
      if (classUsers.merge(definition.id(), 1, Integer::sum) == 1) {
        to.add(new DefineClass(definition));
      }
    }
    closures.put(closure.id(), new Kept(closure.id(), closure.classes(), closure.state().size()));
    bytes += closure.state().size();
    to.add(new DefineClosure(closure));
    makeRoom(to);
  }

  /// The newest closure is the last to go, so it stays.
  private void makeRoom(Connection to) {
    Iterator<Kept> eldest = closures.values().iterator();
    while (closures.size() > 1 && (closures.size() > MAX_CLOSURES || bytes > MAX_BYTES)) {
      Kept dropped = eldest.next();
      eldest.remove();
      bytes -= dropped.bytes();
      to.add(new ForgetClosure(dropped.id()));
      for (ContentId definition : dropped.classes()) {
        if (classUsers.merge(definition, -1, (a, b) -> a + b == 0 ? null : a + b) == null) {
          to.add(new ForgetClass(definition));
        }
      }
    }
  }
}
