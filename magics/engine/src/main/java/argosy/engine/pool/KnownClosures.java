package argosy.engine.pool;

import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.ToWorker.DefineClass;
import argosy.wire.ToWorker.DefineClosure;
import argosy.wire.ToWorker.ForgetClosure;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What one worker has been sent and keeps, so that it is not sent again. Only this side decides
/// what is dropped, least recently used first. Guarded by the dispatcher's lock.
final class KnownClosures {

  private static final int MAX_CLOSURES = 256;
  private static final long MAX_BYTES = 256L << 20;

  private final Set<ContentId> classes = new HashSet<>();
  private final Map<ContentId, Integer> closures = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /// Sends what the worker lacks for a call of this closure.
  void provide(RemoteCall call, Connection to) {
    ClosureDefinition closure = call.closure();
    if (closures.get(closure.id()) != null) {
      return;
    }
    for (ClassDefinition definition : call.classes()) {
      if (classes.add(definition.id())) {
        to.add(new DefineClass(definition));
      }
    }
    makeRoom(closure.state().size(), to);
    closures.put(closure.id(), closure.state().size());
    bytes += closure.state().size();
    to.add(new DefineClosure(closure));
  }

  private void makeRoom(int size, Connection to) {
    Iterator<Map.Entry<ContentId, Integer>> eldest = closures.entrySet().iterator();
    while (eldest.hasNext() && (closures.size() >= MAX_CLOSURES || bytes + size > MAX_BYTES)) {
      Map.Entry<ContentId, Integer> entry = eldest.next();
      bytes -= entry.getValue();
      to.add(new ForgetClosure(entry.getKey()));
      eldest.remove();
    }
  }
}
