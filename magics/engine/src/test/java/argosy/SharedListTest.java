package argosy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SharedListTest {

  @Test
  void holdsScalarsOfEveryType() throws Exception {
    byte[] bytes = {1, 2, 3};
    Object[] values = {
      1, 2L, 3.5, 4.5f, (short) 5, (byte) -6, 'c', true, "größer 中", bytes, null, ""
    };
    try (SharedList list = Shared.list(values)) {
      SharedList copy = SharedTest.copyAsAWorkerSeesIt(list);

      assertThat(copy.length()).isEqualTo(values.length);
      assertThat(copy.toList()).containsExactly(values);
      assertThat(copy).hasToString("SharedList[12]");
      assertThat(copy.get(8, String.class)).isEqualTo("größer 中");
      assertThatThrownBy(() -> copy.get(0, String.class)).isInstanceOf(ClassCastException.class);
      assertThatThrownBy(() -> copy.get(12)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void keepsTextsAsTheyAreEvenHalfCharacters() {
    String half = "a\ud83d, \ude00b";
    try (SharedList list = Shared.list(half)) {
      assertThat(list.get(0)).isEqualTo(half);
    }
  }

  @Test
  void replacesInPlaceWhatFits() throws Exception {
    try (SharedList list = Shared.list("abcd", 1, false)) {
      SharedList copy = SharedTest.copyAsAWorkerSeesIt(list);
      copy.set(0, "xyz");
      copy.set(1, 2.5);
      copy.set(2, null);

      assertThat(list.toList()).containsExactly("xyz", 2.5, null);
      list.set(0, "abcd");
      assertThat(copy.get(0)).isEqualTo("abcd");
      assertThatThrownBy(() -> list.set(0, "abcde"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("room for 8 bytes");
      assertThat(list.get(0)).isEqualTo("abcd");
      assertThatThrownBy(() -> list.set(0, new Object()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("java.lang.Object");
    }
  }

  @Test
  void findsAndCountsValues() {
    byte[] bytes = {1, 2};
    try (SharedList list = Shared.list("a", 1, null, bytes, 1, 1L)) {
      assertThat(list.indexOf(1)).isEqualTo(1);
      assertThat(list.indexOf(null)).isEqualTo(2);
      assertThat(list.indexOf(bytes.clone())).isEqualTo(3);
      assertThat(list.indexOf(1L)).isEqualTo(5);
      assertThat(list.indexOf("b")).isEqualTo(-1);
      assertThat(list.count(1)).isEqualTo(2);
      assertThat(list.count(bytes)).isEqualTo(1);
      assertThat(list.count(2)).isZero();
      assertThat(list.contains("a")).isTrue();
      assertThat(list.contains("b")).isFalse();
    }
  }

  @Test
  void isWalkedOver() {
    try (SharedList list = Shared.list(3, "a", null)) {
      List<@Nullable Object> seen = new ArrayList<>();
      for (Object each : list) {
        seen.add(each);
        list.set(2, true);
      }
      assertThat(seen).containsExactly(3, "a", true);
      Iterator<@Nullable Object> none = list.asList().subList(3, 3).iterator();
      assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void isAListOfTheJdkThatKeepsItsSize() throws Exception {
    try (SharedList list = Shared.list(3, 1, 2)) {
      List<@Nullable Object> view = SharedTest.copyAsAWorkerSeesIt(list.asList());

      assertThat(view).isInstanceOf(RandomAccess.class).isEqualTo(List.of(3, 1, 2));
      assertThat(view.set(0, 0)).isEqualTo(3);
      assertThat(list.get(0)).isEqualTo(0);
      view.sort(Comparator.comparingInt(x -> -(int) Objects.requireNonNull(x)));
      assertThat(list.toList()).containsExactly(2, 1, 0);
      assertThat(view.stream().mapToInt(x -> (int) Objects.requireNonNull(x)).sum()).isEqualTo(3);
      assertThatThrownBy(() -> view.add(4)).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> list.readOnly().asList().set(0, 1))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void isReadOnlyByRequest() {
    try (SharedList list = Shared.list(1)) {
      SharedList fixed = list.readOnly();
      list.set(0, 2);
      assertThat(fixed.get(0)).isEqualTo(2);
      assertThatThrownBy(() -> fixed.set(0, 3)).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void saysThatItWasClosed() {
    SharedList list = Shared.list(1);
    list.close();
    assertThatThrownBy(() -> list.get(0)).hasMessageContaining("closed");
    assertThatThrownBy(list::length).hasMessageContaining("closed");
    assertThatThrownBy(() -> list.contains(1)).hasMessageContaining("closed");
    assertThatThrownBy(() -> list.iterator().hasNext()).hasMessageContaining("closed");
    assertThat(list.toString()).contains("closed");
  }

  @Test
  void isNeverReadHalfSet() throws Exception {
    String one = "a".repeat(4_000);
    String other = "b".repeat(3_000);
    try (SharedList list = Shared.list(one)) {
      AtomicReference<Object> torn = new AtomicReference<>();
      CountDownLatch reading = new CountDownLatch(1);
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  Object found = list.get(0);
                  if (!Objects.equals(found, one) && !Objects.equals(found, other)) {
                    torn.set(String.valueOf(found));
                  }
                  reading.countDown();
                }
              });
      reading.await();
      for (int i = 0; i < 20_000; i++) {
        list.set(0, i % 2 == 0 ? other : one);
      }
      reader.interrupt();
      reader.join();
      assertThat(torn.get()).isNull();
    }
  }
}
