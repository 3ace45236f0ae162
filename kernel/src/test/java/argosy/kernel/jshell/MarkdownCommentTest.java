package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownCommentTest {

  private static final String CELL =
      """
      /// Adds *two* numbers, `a < b` or [String#length()]; see [the map][java.util.Map#of()].
      /// It has {@code x * y * z}, an array[0] and a [link](https://example.org).
      ///
      /// - one with **bold**
      /// - two
      ///
      /// | key | value |
      /// |-----|-------|
      /// | a   | 1     |
      ///
      /// ```java
      /// @Override
      /// int x = list[0] * 2; // {@code no tag}
      /// ```
      ///
      /// @param a the *first*
      /// @return the sum
      int add(int a) { return a; }
      """;

  @Test
  void readsLikeOneThatIsHtml() {
    try (TestSession session = TestSession.openWithForesight()) {
      session.run(CELL).succeeds();
      var all = session.interpreter().inspect("add(", 4, 1).orElseThrow();
      assertThat(all.get("text/plain"))
          .isEqualTo(
              """
              int add(int a)
                  Adds two numbers, a < b or String.length(); see the map. It has x * y * z, an array[0] and a link.

                  - one with bold
                  - two

                  key value
                  a 1

                      @Override
                      int x = list[0] * 2; // {@code no tag}

                  @param a: the first
                  @return the sum\
              """);
      assertThat(all.get("text/html")).asString().contains("<em>two</em>", "<table>", "<li>two");
      assertThat(session.interpreter().inspect("add(", 4, 0).orElseThrow().get("text/plain"))
          .asString()
          .endsWith("an array[0] and a link.");
    }
  }

  @Test
  void staysAsItIsWhereNothingKnowsMarkdown() {
    assertThat(MarkdownComment.toHtml("a *b*\n@param c d", text -> text))
        .isEqualTo("a *b*\n@param c d");
    assertThat(MarkdownComment.toHtml("```\nopen\n@A", text -> text)).isEqualTo("```\nopen\n@A");
  }
}
