package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonValuesTest {

  record Point(int x, List<String> names) {}

  record Broken(int x) {
    @Override
    public int x() {
      throw new IllegalStateException("no");
    }
  }

  @Test
  void saysWhatARecordHas() {
    assertThat(JsonValues.of(List.of(new Point(1, List.of("a")))))
        .hasToString("[{\"x\":1,\"names\":[\"a\"]}]");
    assertThat(JsonValues.of(new Broken(1)).isJsonPrimitive()).isTrue();
  }

  static Stream<Arguments> values() {
    Map<Object, Object> odd = new HashMap<>();
    odd.put(null, null);
    return Stream.of(
        Arguments.of(1, "1"),
        Arguments.of(1.5f, "1.5"),
        Arguments.of(Double.NaN, "null"),
        Arguments.of(Float.NEGATIVE_INFINITY, "null"),
        Arguments.of(new double[] {1, Double.POSITIVE_INFINITY}, "[1.0, null]"),
        Arguments.of(new int[][] {{1}, {}}, "[[1], []]"),
        Arguments.of(Arrays.asList("a", null), "[\"a\", null]"),
        Arguments.of(Map.of(1, List.of()), "{\"1\": []}"),
        Arguments.of(odd, "{\"null\": null}"),
        Arguments.of(Optional.of(true), "true"),
        Arguments.of(Optional.empty(), "null"),
        Arguments.of('c', "\"c\""),
        Arguments.of(TimeUnit.DAYS, "\"DAYS\""),
        Arguments.of(new BigDecimal("1.10"), "1.10"),
        Arguments.of(new AtomicInteger(7), "\"7\""));
  }

  @ParameterizedTest
  @MethodSource("values")
  void saysWhatJsonCanSay(Object value, String json) {
    assertThat(JsonValues.of(value)).isEqualTo(JsonParser.parseString(json));
  }

  @Test
  void endsWithWhatContainsItself() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    JsonElement json = JsonValues.of(endless);
    assertThat(json.toString()).startsWith("[[[[").contains("null");
  }

  @Test
  void survivesAnObjectThatCannotBePrinted() {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("never");
          }
        };
    assertThat(JsonValues.of(List.of(broken)).toString())
        .contains("cannot be shown: java.lang.IllegalStateException");
  }
}
