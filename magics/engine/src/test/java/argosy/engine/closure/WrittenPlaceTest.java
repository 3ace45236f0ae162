package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.host.ClassPathHost;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.ResidentFunction;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WrittenPlaceTest {

  private static String shown(Object function) {
    return WrittenPlace.of(function).shown(new ClassPathHost());
  }

  @Test
  void aMethodIsCalledByItsName() {
    assertThat(shown(new Applied<String, Integer>(Integer::parseInt)))
        .isEqualTo("Integer.parseInt(String)");
  }

  @Test
  void aLambdaOfTheClassPathIsCalledByItsClass() {
    Function<Integer, Integer> function = x -> x + 1;
    assertThat(shown(function)).isEqualTo("a lambda of WrittenPlaceTest");
  }

  @Test
  void anObjectIsCalledByItsClass() {
    record Doubling() implements Callable<Integer> {
      @Override
      public Integer call() {
        return 2;
      }
    }
    assertThat(shown(new Doubling())).endsWith("Doubling");
  }

  @Test
  void whatLivesOnWorkersIsCalledWhatItDoes() {
    assertThat(shown(new ResidentFunction.Drop(3))).isEqualTo("drop");
  }
}
