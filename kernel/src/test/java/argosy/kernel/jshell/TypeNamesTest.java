package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "int[]; int[]; int[]",
        "Map<String,? super Integer>; Map<String,? super Integer>; Map<String,? super Integer>",
        "Runnable&Serializable; Runnable & Serializable; Runnable",
        "List<Number&Comparable<? extends Number&Comparable<?>&java.lang.constant.Constable>"
            + "&java.lang.constant.Constable>; List<Number & Comparable<?>>; List<Number>",
        "Map<String,Number&Comparable<?>>[]; Map<String,Number & Comparable<?>>[];"
            + " Map<String,Number>[]",
        "Class<? extends Serializable&Comparable<? extends Serializable&Comparable<?>>>;"
            + " Class<? extends Serializable & Comparable<?>>; Class<? extends Serializable>",
        "<anonymous class extending Object>; anonymous Object; Object",
        "List<<anonymous class implementing Comparator<String>>>;"
            + " List<anonymous Comparator<String>>; List<Comparator<String>>",
        "Outer<A&B>.Inner<C&D>; Outer<A & B>.Inner<C & D>; Outer<A>.Inner<C>",
      })
  void isWrittenForReadersAndForTheCompiler(String type, String readable, String denotable) {
    assertThat(TypeNames.readable(type, () -> "Object")).isEqualTo(readable);
    assertThat(TypeNames.denotable(type)).isEqualTo(denotable);
  }

  @ParameterizedTest
  @CsvSource({"$JShell$anonymous$$12, anonymous Object", "A&B<, A & B<?>"})
  void isReadableInAnyCase(String type, String readable) {
    assertThat(TypeNames.readable(type, () -> "Object")).isEqualTo(readable);
  }
}
