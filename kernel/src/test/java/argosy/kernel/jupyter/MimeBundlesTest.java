package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MimeBundlesTest {

  @Test
  void sendsBytesInBase64() {
    assertThat(MimeBundles.of(Map.of("image/png", new byte[] {1, 2, -1})).get("image/png"))
        .hasToString("\"AQL/\"");
  }

  @Test
  void leavesTextAsItIs() {
    assertThat(MimeBundles.of(Map.of("text/html", "{\"a\": 1}")).get("text/html").getAsString())
        .isEqualTo("{\"a\": 1}");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json",
    "application/geo+json",
    "application/vnd.vegalite.v5+json; charset=utf-8"
  })
  void sendsJsonAsJson(String type) {
    var value = Map.of("xs", List.of(1, 2.5, true));
    assertThat(MimeBundles.of(Map.of(type, value)).get(type)).hasToString("{\"xs\":[1,2.5,true]}");
    assertThat(MimeBundles.of(Map.of(type, "{\"xs\": [1]}")).get(type))
        .isEqualTo(JsonParser.parseString("{\"xs\":[1]}"));
  }

  @Test
  void sendsTextThatIsNoJsonAsAString() {
    for (String text : new String[] {"", "{a: 1}", "[1, NaN]", "hello", "{\"a\":1} rest", "[[["}) {
      var json = MimeBundles.of(Map.of("application/json", text)).get("application/json");
      assertThat(json.isJsonPrimitive()).as(text).isTrue();
      assertThat(json.getAsString()).isEqualTo(text);
    }
  }

  @Test
  void addsPlainTextOnlyIfItIsMissing() {
    assertThat(MimeBundles.of(Map.of()).get("text/plain")).isNotNull();
    assertThat(MimeBundles.of(Map.of("text/html", "x")).get("text/plain").getAsString())
        .contains("text/html");
    assertThat(MimeBundles.of(Map.of("text/plain", "x")).keySet()).containsExactly("text/plain");
  }
}
