package argosy.engine.pool;

import argosy.engine.closure.DefinedPart;
import argosy.engine.memory.StoredValue;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.Payload;
import argosy.wire.ToWorker.AppendToValue;
import argosy.wire.ToWorker.DefineClass;
import argosy.wire.ToWorker.DefineClosure;
import argosy.wire.ToWorker.DefinePart;
import argosy.wire.ToWorker.DefineValue;
import argosy.wire.ToWorker.ForgetClass;
import argosy.wire.ToWorker.ForgetClosure;
import argosy.wire.ToWorker.ForgetPart;
import argosy.wire.ToWorker.ForgetValue;
import argosy.wire.memory.Range;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What one worker has been sent and keeps, so that it is not sent again. Only this side decides
/// what is dropped, least recently used first. Guarded by the dispatcher's lock.
final class KnownClosures {

  private static final int MAX_CLOSURES = 256;
  private static final long MAX_BYTES = 1L << 30;

  /// What one message brings of a large value.
  private static final int PIECE_BYTES = 1 << 20;

  /// @param bytes of the closure alone; what it shares with others is counted once
  private record Kept(ContentId id, RemoteCall.Needs needs, long bytes) {}

  /// How many of the kept closures name each class, part and large value that the worker has.
  private final Map<ContentId, Integer> classUsers = new HashMap<>();

  private final Map<ContentId, Integer> partUsers = new HashMap<>();
  private final Map<Long, Integer> valueUsers = new HashMap<>();

  /// How often each was defined and not yet forgotten there.
  private final Map<Long, Integer> definitions = new HashMap<>();

  /// The large values whose memory the worker may still read: until it says that it has forgotten
  /// them.
  private final Map<Long, StoredValue> readable = new HashMap<>();

  /// The large values of those that closures have, or had when they were defined last.
  private final Set<Long> ofClosures = new HashSet<>();

  private final Map<ContentId, Kept> closures = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  boolean hasClosure(ContentId id) {
    return closures.containsKey(id);
  }

  boolean hasClass(ContentId definition) {
    return classUsers.containsKey(definition);
  }

  /// Sends what the worker lacks for a call.
  void provide(RemoteCall call, Connection to) {
    if (closures.get(call.closure().id()) == null) {
      define(call.closure(), call.needs(), to);
      makeRoom(to);
    }
    for (StoredValue value : call.needs().inputValues()) {
      use(value, to);
    }
  }

  /// Says that the worker has forgotten a large value.
  void forgotten(long number) {
    // It may have been defined again meanwhile.
    if (isLast(definitions, number)) {
      ofClosures.remove(number);
      free(number);
    }
  }

  private void free(long number) {
    StoredValue value = readable.remove(number);
    if (value != null) {
      value.release();
    }
  }

  /// Says that the worker has ended.
  void lost() {
    readable.values().forEach(StoredValue::release);
    readable.clear();
  }

  /// Drops what only the input of a call needed, after the worker has said that the call has ended.
  void release(RemoteCall call, Connection to) {
    for (StoredValue value : call.needs().inputValues()) {
      if (drop(value, to) && !ofClosures.contains(value.number())) {
        // Nothing that the worker still has to do reads it, so the next input may lie there. Tasks
        // of a closure might, that was dropped after they had been sent.
        free(value.number());
      }
    }
  }

  private void define(ClosureDefinition closure, RemoteCall.Needs needs, Connection to) {
    for (ClassDefinition definition : needs.classes()) {
      if (isFirst(classUsers, definition.id())) {
        to.add(new DefineClass(definition));
      }
    }
    for (StoredValue value : needs.values()) {
      ofClosures.add(value.number());
      use(value, to);
    }
    for (DefinedPart part : needs.parts()) {
      if (isFirst(partUsers, part.use().part())) {
        bytes += part.bytes().size();
        to.add(new DefinePart(part.use().part(), part.bytes()));
      }
    }
    Kept kept = new Kept(closure.id(), needs, closure.state().size());
    closures.put(closure.id(), kept);
    bytes += kept.bytes();
    to.add(new DefineClosure(closure));
  }

  private void use(StoredValue value, Connection to) {
    if (!isFirst(valueUsers, value.number())) {
      return;
    }
    bytes += value.bytes();
    Range memory = value.memory();
    to.add(new DefineValue(value.number(), value.form(), memory));
    if (memory != null) {
      definitions.merge(value.number(), 1, Integer::sum);
      if (readable.put(value.number(), value) == null) {
        boolean _ = value.retain();
      }
      return;
    }
    for (long at = 0; at < value.bytes(); at += PIECE_BYTES) {
      int count = (int) Math.min(PIECE_BYTES, value.bytes() - at);
      to.add(new AppendToValue(value.number(), Payload.of(value.bytes(at, count))));
    }
  }

  /// @return whether nobody uses it any more
  private boolean drop(StoredValue value, Connection to) {
    boolean isUnused = isLast(valueUsers, value.number());
    if (isUnused) {
      bytes -= value.bytes();
      to.add(new ForgetValue(value.number()));
    }
    return isUnused;
  }

  /// The newest closure is the last to go, so it stays.
  private void makeRoom(Connection to) {
    Iterator<Kept> eldest = closures.values().iterator();
    while (closures.size() > 1 && (closures.size() > MAX_CLOSURES || bytes > MAX_BYTES)) {
      drop(eldest, eldest.next(), to);
    }
  }

  /// {@return the large values that closures have captured}
  Set<StoredValue> captured() {
    Set<StoredValue> captured = new HashSet<>();
    closures.values().forEach(kept -> captured.addAll(kept.needs().values()));
    return captured;
  }

  /// Drops the closures that captured something large which nobody has any more. No call runs.
  ///
  /// @return whether there were any
  boolean dropOrphans(Connection to) {
    boolean isAny = false;
    for (Iterator<Kept> each = closures.values().iterator(); each.hasNext(); ) {
      Kept kept = each.next();
      if (kept.needs().values().stream().anyMatch(StoredValue::isOrphan)) {
        drop(each, kept, to);
        isAny = true;
      }
    }
    return isAny;
  }

  private void drop(Iterator<Kept> at, Kept dropped, Connection to) {
    at.remove();
    bytes -= dropped.bytes();
    to.add(new ForgetClosure(dropped.id()));
    forget(dropped.needs(), to);
  }

  private void forget(RemoteCall.Needs needs, Connection to) {
    for (ClassDefinition definition : needs.classes()) {
      if (isLast(classUsers, definition.id())) {
        to.add(new ForgetClass(definition.id()));
      }
    }
    for (DefinedPart part : needs.parts()) {
      if (isLast(partUsers, part.use().part())) {
        bytes -= part.bytes().size();
        to.add(new ForgetPart(part.use().part()));
      }
    }
    for (StoredValue value : needs.values()) {
      boolean _ = drop(value, to);
    }
  }

  private static <K> boolean isFirst(Map<K, Integer> users, K key) {
    return users.merge(key, 1, Integer::sum) == 1;
  }

  private static <K> boolean isLast(Map<K, Integer> users, K key) {
    return users.merge(key, -1, (a, b) -> a + b == 0 ? null : a + b) == null;
  }
}
