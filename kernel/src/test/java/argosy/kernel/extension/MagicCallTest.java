package argosy.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MagicCallTest {

  private static List<String> words(String arguments) {
    return new MagicCall(arguments, "", false, 1).words();
  }

  @Test
  void keepsBackslashesAndEmptyWords() {
    assertThat(words("C:\\tmp \"\" 'a \"b\"' c\"d e\""))
        .containsExactly("C:\\tmp", "", "a \"b\"", "cd e");
    assertThat(words("")).isEmpty();
  }

  @Test
  void saysWhichQuoteIsOpen() {
    assertThatThrownBy(() -> words("a 'b"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("the quote ' is not closed");
  }
}
