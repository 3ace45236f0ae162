package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommentTagsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "plain text on\\n two lines ^ plain text on two lines",
        "{@code Map<K, {x}>} and {@literal <b>} ^ Map<K, {x}> and <b>",
        "{@link java.util.List#of(Object, int)} ^ List.of(Object, int)",
        "{@linkplain Foo#bar the {@code bar}} of it ^ the bar of it",
        "{@return the sum, {@code 1 + 1}} ^ Returns the sum, 1 + 1.",
        "{@snippet lang=java :\\n  a(1);\\n    b();\\n} end ^       a(1);\\n        b();\\n\\nend",
        "<pre>{@code\\n@Override\\nint a;\\n}</pre> ^     @Override\\n    int a;",
        "does it.\\n@param a what\\n   follows\\n@return it ^ does it.\\n@param a: what follows\\n@return it",
        "{@unknown to us} {@code open ^ to us open",
        "of type List<String> ^ of type List<String>",
        "&lt;b&gt; &amp;amp; &#65;&#x42; &what; a & b < c ^ <b> &amp; AB &what; a & b < c",
        "a<ol><li>b<li>c<ul><li>d</ul></ol>e ^ a\\n1. b\\n2. c\\n  - d\\ne",
        "a<p>b<br>c<!-- no --><h2>d</h2>e ^ a\\n\\nb\\nc\\n\\nd\\n\\ne",
        "<table><tr><th>k<th>v<tr><td>a</td><td>1</td></table> ^ k v\\na 1",
        "<dl><dt>term<dd>meaning<dt>more</dl> ^ term\\n    meaning\\nmore",
      })
  void readsAsText(String comment, String text) {
    String html = CommentTags.toHtml(comment.replace("\\n", "\n"));
    assertThat(HtmlText.of(html).strip()).isEqualTo(text.replace("\\n", "\n"));
  }
}
