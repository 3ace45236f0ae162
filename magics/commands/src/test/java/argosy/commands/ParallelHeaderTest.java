package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.MagicUsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelHeaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          x : xs                              | ~~ | x | xs                          | ~~
          x:xs->ys                            | ~~ | x | xs                          | var ys
          int i : IntStream.range(0, 9) -> r; | int | i | IntStream.range(0, 9)      | var r
          var e : m.entrySet() -> r           | var | e | m.entrySet()               | var r
          Map.Entry<A, B> e : es -> r         | Map.Entry<A, B> | e | es             | var r
          A[] a : as -> List<B> r             | A[] | a | as                         | List<B> r
          x : xs -> Map<A, List<B>> r         | ~~ | x | xs                          | Map<A, List<B>> r
          x : ok ? xs : ys -> r               | ~~ | x | ok ? xs : ys                | var r
          x : xs.map(a -> a + 1) -> r         | ~~ | x | xs.map(a -> a + 1)          | var r
          x : xs.map(a -> a)                  | ~~ | x | xs.map(a -> a)              | ~~
          x : Stream.of(" : -> r")            | ~~ | x | Stream.of(" : -> r")        | ~~
          x : xs.map(A::b) -> r               | ~~ | x | xs.map(A::b)                | var r
          x : f(n - -1, i--, "--no")          | ~~ | x | f(n - -1, i--, "--no")      | ~~
          """)
  void namesInputInputsAndResults(
      String text, String type, String input, String inputs, String result) {
    ParallelHeader header = ParallelHeader.parse(text);
    assertThat(header.type()).isEqualTo(type);
    assertThat(header.input()).isEqualTo(input);
    assertThat(header.inputs()).isEqualTo(inputs);
    assertThat(header.result()).isEqualTo(result);
    assertThat(header.options()).isEmpty();
  }

  @Test
  void optionsMayStandAnywhere() {
    ParallelHeader header =
        ParallelHeader.parse(
            "--workers 2 x : xs --batch n --timeout 5s -> r --unordered --progress \"a \\b\" "
                + "--retries 1 --backend threads --seed -42 --seed mine --timeout limit --timeout 1.5m");
    assertThat(header.inputs()).isEqualTo("xs");
    assertThat(header.result()).isEqualTo("var r");
    assertThat(header.options())
        .containsExactly(
            ".workers(2)",
            ".batch(n)",
            ".timeout(java.time.Duration.ofMillis(5000L))",
            ".unordered()",
            ".progress(\"a \\\\b\")",
            ".retries(1)",
            ".backend(\"threads\")",
            ".seed(-42L)",
            ".seed(mine)",
            ".timeout(limit)",
            ".timeout(java.time.Duration.ofMillis(90000L))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                     | there is no 'x : inputs'
          xs                     | there is no 'x : inputs'
          : xs                   | '' is not the name of an input
          1 : xs                 | '1' is not the name of an input
          class : xs             | 'class' cannot be a name
          x :                    | there are no inputs behind the ':'
          x : -> r               | there are no inputs behind the ':'
          x : xs ->              | there is no name behind the '->'
          x : xs -> class        | 'class' cannot be a name
          x : xs -> 1st          | '1st' is not a name for the results
          x : xs --fast          | there is no option --fast
          x : xs --workers       | --workers takes a value
          x : xs --workers 0     | --workers takes a number above 0, not '0'
          x : xs --batch many!   | --batch takes a number above 0, not 'many!'
          x : xs --retries -1    | --retries takes a number, 0 or more, not '-1'
          x : xs --timeout 5     | --timeout takes a time such as 5s or 500ms, not '5'
          x : xs --timeout soon! | --timeout takes a time such as 5s or 500ms, not 'soon!'
          """)
  void anythingElseIsSaid(String text, String message) {
    assertThatThrownBy(() -> ParallelHeader.parse(text))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage(message);
  }
}
