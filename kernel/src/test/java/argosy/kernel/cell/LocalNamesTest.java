package argosy.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "int a = 1; @a",
        "int a; String b @a",
        "int a = 1, b = f(2, 3), c; @a b c",
        "List<Map<String, int[]>> rows = null; var x = rows; @rows x",
        "int[] numbers = {1, 2}; @numbers",
        "for (int i = 0; i < 3; i++) { String s = \"\"; @s i",
        "for (int i = 0; i < 3; i++) { f(i); } @''",
        "for (var each : List.of(1)) each @each",
        "void m(String text, int... rest) { @text rest",
        "void m(String text) { } @''",
        "Runnable r = () -> { int inside = 1; @inside r",
        "Runnable r = () -> { int inside = 1; }; @r",
        "list.stream().map(x -> x @x",
        "list.stream().map(x -> x); @''",
        "map.forEach((key, value) -> key @value key",
        "map.forEach((String key, int value) -> key @key value",
        "try (var in = open()) { in @in",
        "try { } catch (Exception e) { e @e",
        "if (o instanceof String s && s @s",
        "switch (o) { case Integer n -> n @n",
        "switch (o) { case 1 -> n @''",
        "return a; new B(c) @''",
        "f(a, b); a = b; a == b; @''",
        "int a = 1; { int b = 2; } @a",
        "if (x) { int y = 1; } else { int z = 2; @z",
        "String s = \"int t = 1;\"; // int u = 1; @s",
        "}}} int a = 1; @a",
      })
  void areThoseInScopeAtTheEnd(String code, String names) {
    List<String> expected = names.isEmpty() ? List.of() : Arrays.asList(names.split(" "));
    assertThat(LocalNames.in(code)).containsExactlyInAnyOrderElementsOf(expected);
  }
}
