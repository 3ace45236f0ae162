package argosy.kernel.jshell;

import java.util.Map;

/// Names that other languages know, and how what they stand for is written in Java.
final class ForeignNames {

  private static final String NULL = "it is written null";
  private static final String VARIABLE = "a variable has its type, or var, in front: var x = 5;";
  private static final String METHOD =
      "a method has the type of what it returns in front, or void: int twice(int n) { … }";
  private static final String PRINTS = "System.out.println(…) prints";

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("variable True", "it is written true"),
          Map.entry("variable False", "it is written false"),
          Map.entry("variable None", NULL),
          Map.entry("variable nil", NULL),
          Map.entry("variable NULL", NULL),
          Map.entry("variable undefined", NULL),
          Map.entry("variable console", PRINTS),
          Map.entry("variable cout", PRINTS),
          Map.entry("class bool", "it is written boolean"),
          Map.entry("class let", VARIABLE),
          Map.entry("class val", VARIABLE),
          Map.entry("class auto", VARIABLE),
          Map.entry("class function", METHOD),
          Map.entry("class def", METHOD),
          Map.entry("class fun", METHOD),
          Map.entry("class func", METHOD),
          Map.entry(
              "method len", "an array has a.length, a text s.length(), a list or a map l.size()"),
          Map.entry(
              "method range",
              "IntStream.range(0, n) has numbers; for (int i = 0; i < n; i++) { … } counts"),
          Map.entry("method input", "readLine(\"name? \") asks for a line"),
          Map.entry("method str", "String.valueOf(…) makes a text"));

  private ForeignNames() {}

  /// {@return what to write for a name that is not declared; empty if nobody is used to it}
  ///
  /// @param kind `class`, `variable` or `method`
  static String advice(String kind, String name) {
    return ADVICE.getOrDefault(kind + " " + name, "");
  }
}
