package argosy.commands;

import argosy.kernel.extension.MagicUsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/// The first line of a `%%parallel` cell.
///
/// @param type the type of the input's name, or empty
/// @param input the name of the input in the body
/// @param inputs an expression for all inputs
/// @param result the declaration of the results such as `var results`, or empty
/// @param options calls in the chain behind `Parallel.over`
record ParallelHeader(
    String type, String input, String inputs, String result, List<String> options) {

  private static final Pattern DECLARATION =
      Pattern.compile("(?:(\\S.*)\\s+)?([\\p{Alpha}_$][\\w$]*)");
  private static final Pattern RESULT =
      Pattern.compile(
          "(.*?\\S)\\s*->\\s*((?:[\\p{Alpha}_$][^()=-]*\\s)?[\\p{Alpha}_$][\\w$]*)\\s*;?");
  private static final Pattern OPTION = Pattern.compile("--[a-z]+");

  ParallelHeader {
    options = List.copyOf(options);
  }

  /// {@return what a text such as `int x : inputs -> results --batch 16` says}
  ///
  /// @throws MagicUsageException if it says something else
  static ParallelHeader parse(String text) {
    List<String> options = new ArrayList<>();
    String rest = withoutOptions(text, options).strip();
    int colon = JavaText.find(rest, 0, i -> isColon(rest, i));
    if (colon < 0) {
      throw new MagicUsageException("there is no 'x : inputs'");
    }
    Matcher declaration = DECLARATION.matcher(rest.substring(0, colon).strip());
    if (!declaration.matches()) {
      throw new MagicUsageException(
          "'" + rest.substring(0, colon).strip() + "' is not the name of an input");
    }
    String inputs = rest.substring(colon + 1).strip();
    String result = "";
    Matcher results = RESULT.matcher(inputs);
    if (results.matches() && isOutside(inputs, results.end(1))) {
      inputs = results.group(1);
      result = declaration(results.group(2).strip());
    }
    if (inputs.isEmpty() || inputs.startsWith("->")) {
      throw new MagicUsageException("there are no inputs behind the ':'");
    }
    if (inputs.endsWith("->")) {
      throw new MagicUsageException("there is no name behind the '->'");
    }
    refuseArrow(inputs);
    String type = declaration.group(1) == null ? "" : declaration.group(1).strip();
    return new ParallelHeader(type, name(declaration.group(2)), inputs, result, options);
  }

  /// What stands behind it was no declaration.
  private static void refuseArrow(String inputs) {
    int arrow = JavaText.find(inputs, 0, i -> inputs.startsWith("->", i));
    if (arrow >= 0) {
      throw new MagicUsageException(
          "'" + inputs.substring(arrow + 2).strip() + "' is not a name for the results");
    }
  }

  private static String declaration(String result) {
    int blank = Math.max(result.lastIndexOf(' '), result.lastIndexOf('>')) + 1;
    name(result.substring(blank));
    return blank == 0 ? "var " + result : result;
  }

  private static String name(String name) {
    if (!SourceVersion.isName(name)) {
      throw new MagicUsageException("'" + name + "' cannot be a name");
    }
    return name;
  }

  private static boolean isColon(String text, int i) {
    return text.charAt(i) == ':'
        && !text.startsWith("::", i)
        && !(i > 0 && text.charAt(i - 1) == ':');
  }

  private static boolean isOutside(String text, int place) {
    return JavaText.find(text, 0, i -> i == place) == place;
  }

  /// {@return the text without its options, which are added to the list}
  private static String withoutOptions(String text, List<String> options) {
    StringBuilder rest = new StringBuilder();
    int from = 0;
    for (int start = option(text, 0); start >= 0; start = option(text, from)) {
      rest.append(text, from, start).append(' ');
      Matcher name = OPTION.matcher(text).region(start, text.length());
      if (!name.lookingAt()) {
        throw new MagicUsageException("'" + text.substring(start) + "' is not an option");
      }
      ParallelOption option = ParallelOption.named(name.group());
      from = name.end();
      String value = "";
      if (option.takesValue()) {
        int valueStart = skipBlanks(text, from);
        from = endOfWord(text, valueStart);
        value = unquoted(text.substring(valueStart, from));
        if (value.isEmpty()) {
          throw new MagicUsageException(option + " takes a value");
        }
      }
      options.add(option.call(value));
    }
    return rest.append(text.substring(from)).toString();
  }

  private static int option(String text, int from) {
    return JavaText.find(
        text,
        from,
        i ->
            text.startsWith("--", i)
                && i + 2 < text.length()
                && Character.isLetter(text.charAt(i + 2))
                && (i == 0 || Character.isWhitespace(text.charAt(i - 1))));
  }

  private static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int endOfWord(String text, int from) {
    int end = JavaText.find(text, from, i -> Character.isWhitespace(text.charAt(i)));
    return end < 0 ? text.length() : end;
  }

  private static String unquoted(String word) {
    boolean isQuoted =
        word.length() >= 2
            && "\"'".indexOf(word.charAt(0)) >= 0
            && JavaText.endOfQuote(word, 0) == word.length() - 1;
    return isQuoted ? word.substring(1, word.length() - 1) : word;
  }
}
