package argosy.kernel.jshell;

/// ANSI colors that can be read on dark and on light.
enum Style {
  NAME("1;31"),
  PLACE("36"),
  FAINT("2"),
  MARK("31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String paint(String text) {
    return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
