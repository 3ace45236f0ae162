package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResultBufferTest {

  @Test
  void handsResultsOutInTheOrderOfTheirInputs() throws Throwable {
    ResultBuffer buffer = new ResultBuffer(true);
    List<Long> indices = new ArrayList<>(LongStream.range(0, 1_000).boxed().toList());
    Collections.shuffle(indices, new Random(7));
    List<Object> out = new ArrayList<>();

    for (long index : indices) {
      buffer.put(index, index);
      while (buffer.hasNext()) {
        out.add(buffer.next());
      }
    }

    assertThat(out).isEqualTo(List.copyOf(LongStream.range(0, 1_000).boxed().toList()));
    assertThat(buffer.handedOut()).isEqualTo(1_000);
  }

  @Test
  void handsResultsOutAsTheyComeIfTheOrderDoesNotMatter() throws Throwable {
    ResultBuffer buffer = new ResultBuffer(false);

    buffer.put(40, "first");
    buffer.put(3, null);

    assertThat(buffer.next()).isEqualTo("first");
    assertThat(buffer.hasNext()).isTrue();
    assertThat(buffer.next()).isNull();
    assertThat(buffer.hasNext()).isFalse();
    assertThatThrownBy(buffer::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void throwsAFailureWhenItsTurnHasCome() throws Throwable {
    ResultBuffer buffer = new ResultBuffer(true);
    buffer.putFailure(1, new IllegalStateException("one"));
    buffer.put(0, "zero");

    assertThat(buffer.next()).isEqualTo("zero");
    assertThatThrownBy(buffer::next).hasMessage("one");
  }
}
