package argosy.engine.pool;

import argosy.engine.threads.WorkerJvm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The workers from their launch to their end, by their numbers. Safe from any thread.
final class WorkerLinks {

  private final Map<Integer, WorkerLink> links = new ConcurrentSkipListMap<>();

  void add(WorkerLink link) {
    links.put(link.number(), link);
  }

  void remove(WorkerLink link) {
    links.remove(link.number());
  }

  /// {@return the worker with this number, or null if it has ended}
  @Nullable WorkerLink get(int worker) {
    return links.get(worker);
  }

  /// {@return all, in the order of their numbers; a view, which changes}
  Collection<WorkerLink> all() {
    return Collections.unmodifiableCollection(links.values());
  }

  int size() {
    return links.size();
  }

  /// {@return those that nobody has told to leave}
  List<WorkerLink> staying() {
    return links.values().stream().filter(link -> !link.isLeaving()).toList();
  }

  /// {@return whether there are any that nobody has told to leave}
  boolean hasStaying() {
    return links.values().stream().anyMatch(link -> !link.isLeaving());
  }

  /// {@return how many keep something; asked under the dispatcher's lock}
  int countKnowing(Predicate<KnownClosures> isTrue) {
    return (int) links.values().stream().map(WorkerLink::known).filter(isTrue).count();
  }

  /// {@return how many bytes went to them through their sockets}
  long bytesSent() {
    return links.values().stream().mapToLong(WorkerLink::bytesSent).sum();
  }

  /// {@return the process of a worker, or -1 if it has none}
  long pidOf(int worker) {
    WorkerLink link = links.get(worker);
    return link == null ? -1 : link.pid();
  }

  /// {@return their processes}
  List<WorkerJvm> jvms() {
    return links.values().stream().filter(link -> !link.isDead()).map(WorkerLink::jvm).toList();
  }

  /// {@return what they are doing}
  List<WorkerStatus> status() {
    List<WorkerStatus> status = new ArrayList<>();
    for (WorkerLink link : links.values()) {
      if (link.isDead()) {
        continue; // its end is being looked into, and another one is about to take its place
      }
      status.add(
          new WorkerStatus(
              link.number(),
              link.pid(),
              link.state(),
              link.tasksDone(),
              link.measureMemory(),
              link.java()));
    }
    return status;
  }
}
