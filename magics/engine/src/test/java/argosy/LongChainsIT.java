package argosy;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Values that hold each other in a chain, to workers and back.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LongChainsIT {

  private static final int LENGTH = 200_000;

  private record Node(int number, String label, @Nullable Node next) {

    static Node chain(int length) {
      Node chain = new Node(0, "a label", null);
      for (int i = 1; i < length; i++) {
        chain = new Node(i, "a label", chain);
      }
      return chain;
    }

    int length() {
      int length = 0;
      for (Node each = this; each != null; each = each.next) {
        length++;
      }
      return length;
    }
  }

  @BeforeEach
  void start() {
    LocalEngine engine = new LocalEngine();
    engine.configure(new WorkerSettings(1, "processes", null, List.of()));
    Engine.install(engine);
  }

  @AfterEach
  void stop() {
    Engine.current().close();
  }

  @Test
  void areCaptured() {
    Node chain = Node.chain(LENGTH);

    assertThat(Parallel.map(List.of(1, 2, 3), i -> chain.length() + i))
        .containsExactly(LENGTH + 1, LENGTH + 2, LENGTH + 3);
  }

  @Test
  void areInputsAndResults() {
    Node chain = Node.chain(LENGTH);

    List<Node> results = Parallel.map(List.of(chain), each -> new Node(-1, each.label(), each));

    assertThat(results.getFirst().length()).isEqualTo(LENGTH + 1);
  }

  @Test
  @SuppressWarnings("JdkObsolete") // a chain, that is why
  void areCollectionsOfTheJdk() {
    List<Integer> linked = new LinkedList<>(IntStream.range(0, 1_000_000).boxed().toList());
    Map<Integer, Integer> hashed = new HashMap<>();
    linked.forEach(i -> hashed.put(i, -i));

    List<Map<Integer, Integer>> results =
        Parallel.map(
            List.of(linked),
            each -> {
              Map<Integer, Integer> sums = new HashMap<>();
              each.forEach(i -> sums.put(i, i + hashed.getOrDefault(i, 1)));
              return sums;
            });

    assertThat(results.getFirst()).hasSize(1_000_000);
    assertThat(results.getFirst().values()).containsOnly(0);
  }
}
