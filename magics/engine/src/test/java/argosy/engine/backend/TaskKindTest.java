package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.ResidentFunction;
import argosy.wire.ResidentFunction.Call;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tasks are sent ahead to a worker whose task is of a kind that has been short so far.
class TaskKindTest {

  private static Function<Object, Object> adding(Object other) {
    return x -> List.of(x, other);
  }

  @Test
  void whatIsWrittenInOnePlaceIsOneKind() {
    assertThat(TaskKind.of(new Applied<>(adding(1))))
        .isSameAs(TaskKind.of(new Applied<>(adding(2))));
    assertThat(TaskKind.of(new Call<>(1, adding(1))))
        .isSameAs(TaskKind.of(new Call<>(2, adding(2))));
  }

  @Test
  void callsOfActorsAreOfAsManyKindsAsFunctions() {
    Function<Object, Object> shorter = x -> x;
    Function<Object, Object> longer = x -> IntStream.range(0, 1_000_000).sum();

    assertThat(TaskKind.of(new Call<>(1, shorter))).isNotSameAs(TaskKind.of(new Call<>(1, longer)));
    assertThat(TaskKind.of(new Call<>(1, shorter)))
        .isNotSameAs(TaskKind.of(new Applied<>(shorter)));
  }

  @Test
  void oneValueToBringSaysNothingOfTheNext() {
    assertThat(TaskKind.of(new ResidentFunction.Give(1, "short")))
        .isNotSameAs(TaskKind.of(new ResidentFunction.Give(2, "much longer")));
  }
}
