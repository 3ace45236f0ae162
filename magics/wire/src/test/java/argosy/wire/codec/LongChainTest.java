package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Chains longer than any stack of calls, and what each of their values has in common with others.
/// What took the square of their length would not end within the hour.
@Timeout(300)
class LongChainTest {

  private static final int LENGTH = 1_000_000;

  private record Node(int number, String label, @Nullable Object next) {}

  private record Holder(List<Object> content, @Nullable Object next) {}

  private static Node chain(int length, int last) {
    Node chain = new Node(last, "a label", null);
    for (int i = 1; i < length; i++) {
      chain = new Node(i, "a label", chain);
    }
    return chain;
  }

  private static Object nested(int depth, UnaryOperator<Object> around) {
    Object value = "inside";
    for (int i = 0; i < depth; i++) {
      value = around.apply(value);
    }
    return value;
  }

  /// {@return how often `inside` has to be applied until there is nothing inside}
  private static int depth(Object value, Function<Object, @Nullable Object> inside) {
    int depth = 0;
    for (Object each = inside.apply(value); each != null; each = inside.apply(each)) {
      depth++;
    }
    return depth;
  }

  private static OptionalLong hashOf(Object value) {
    GraphWriter writer = GraphWriter.hashing(Copies.BY_NAME, Outlet.NONE);
    writer.writeInt(42);
    writer.write(value);
    return writer.hash();
  }

  @Test
  void ofRecordsThatShareAText() {
    Node each = (Node) Objects.requireNonNull(Copies.copy(chain(LENGTH, 7)));

    String label = each.label();
    int count = 1;
    while (each.next() instanceof Node next) {
      assertThat(each.number()).isEqualTo(LENGTH - count);
      assertThat(next.label()).isSameAs(label);
      each = next;
      count++;
    }
    assertThat(count).isEqualTo(LENGTH);
    assertThat(each.number()).isEqualTo(7);
  }

  @Test
  void ofRecordsWhoseInnermostHoldsTheOutermost() {
    List<Object> content = new ArrayList<>();
    Holder chain = new Holder(content, null);
    for (int i = 1; i < LENGTH; i++) {
      chain = new Holder(content, chain);
    }
    content.add(chain);

    Holder copy = (Holder) Objects.requireNonNull(Copies.copy(chain));

    assertThat(copy.content().get(0)).isSameAs(copy);
    Holder last = copy;
    int count = 1;
    while (last.next() instanceof Holder next) {
      assertThat(next.content()).isSameAs(copy.content());
      last = next;
      count++;
    }
    assertThat(count).isEqualTo(LENGTH);
  }

  @Test
  void ofListsAndMapsAndArrays() {
    Object lists = nested(LENGTH, inside -> new ArrayList<>(Arrays.asList(inside)));
    Object maps = nested(LENGTH / 2, inside -> new HashMap<>(Map.of("key", inside)));
    Object arrays = nested(LENGTH, inside -> new Object[] {inside});

    Object listsCopy = Objects.requireNonNull(Copies.copy(lists));
    Object mapsCopy = Objects.requireNonNull(Copies.copy(maps));
    Object arraysCopy = Objects.requireNonNull(Copies.copy(arrays));

    assertThat(depth(listsCopy, x -> x instanceof List<?> l ? l.get(0) : null)).isEqualTo(LENGTH);
    assertThat(depth(mapsCopy, x -> x instanceof Map<?, ?> m ? m.get("key") : null))
        .isEqualTo(LENGTH / 2);
    assertThat(depth(arraysCopy, x -> x instanceof Object[] a ? a[0] : null)).isEqualTo(LENGTH);
  }

  @Test
  @SuppressWarnings("JdkObsolete") // a chain, that is why
  void ofACollectionOfTheJdk() {
    List<Integer> linked = new LinkedList<>(IntStream.range(0, LENGTH).boxed().toList());
    Map<String, Integer> hashed = new HashMap<>();
    linked.forEach(i -> hashed.put("key " + i, i));

    assertThat(Objects.equals(Copies.copy(linked), linked)).isTrue();
    assertThat(Objects.equals(Copies.copy(hashed), hashed)).isTrue();
  }

  @Test
  void canBeHashed() {
    OptionalLong hash = hashOf(chain(LENGTH, 7));

    assertThat(hash).isPresent().isEqualTo(hashOf(chain(LENGTH, 7)));
    assertThat(hashOf(chain(LENGTH, 8))).isPresent().isNotEqualTo(hash);
  }
}
