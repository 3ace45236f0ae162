package argosy.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table =
      new Table(
          List.of("name", "size"),
          List.of(List.of("a<b", "1,024"), List.of("longer", "7.5 MB"), List.of("c", "")),
          "3 rows & no more");

  @Test
  void asTextItsColumnsAreAlignedAndNumbersFlushRight() {
    assertThat(table)
        .hasToString(
            """
            name      size
            a<b      1,024
            longer  7.5 MB
            c
            3 rows & no more\
            """);
  }

  @Test
  void asHtmlItsTextsAreEscaped() {
    assertThat(table.bundle().get("text/html"))
        .asString()
        .contains("<th style=\"text-align:left\">name</th>")
        .contains("<td style=\"text-align:left\">a&lt;b</td>")
        .contains("<td style=\"text-align:right\">7.5 MB</td>")
        .endsWith("<p>3 rows &amp; no more</p>");
    assertThat(table.bundle()).containsEntry("text/plain", table.toString());
  }

  @Test
  void quotesAreEscapedForAttributes() {
    assertThat(Html.escape("<a b=\"c\">&")).isEqualTo("&lt;a b=&quot;c&quot;&gt;&amp;");
  }

  @Test
  void withoutANoteThereIsNone() {
    Table bare = new Table(List.of("x"), List.of(), "");
    assertThat(bare).hasToString("x");
    assertThat(bare.bundle().get("text/html")).asString().doesNotContain("<p>");
  }

  @Test
  void aRowWithAnotherNumberOfTextsIsRejected() {
    assertThatThrownBy(() -> new Table(List.of("x"), List.of(List.of("1", "2")), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
