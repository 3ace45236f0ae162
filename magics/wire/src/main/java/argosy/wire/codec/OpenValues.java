package argosy.wire.codec;

import java.util.ArrayDeque;
import java.util.Deque;

/// The records and lambdas whose content is being written, so that one that turns out to hold
/// itself can be marked: it has to exist before what it holds can be read.
final class OpenValues {

  private record Open(int id, int flagPosition) {}

  private final Deque<Open> open = new ArrayDeque<>(1);

  void opened(int id, int flagPosition) {
    open.push(new Open(id, flagPosition));
  }

  void met(int id, GraphOutput out) {
    if (open.isEmpty()) {
      return;
    }
    for (Open candidate : open) {
      if (candidate.id() == id) {
        out.patch(candidate.flagPosition(), 1);
        return;
      }
    }
  }

  void closed(int id) {
    Open last = open.peek();
    if (last != null && last.id() == id) {
      open.pop();
    }
  }

  void clear() {
    open.clear();
  }
}
