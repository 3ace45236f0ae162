package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people write who come from another language's notebooks, or from JShell, and how it is
/// written here.
final class Habits {

  /// What belongs to another kernel, of which this one has a part.
  private static final Pattern FOREIGN =
      Pattern.compile(
          "import\\s+(?:static\\s+)?"
              + "((?:io\\.github\\.spencerpark|org\\.dflib\\.jjava|org\\.rapaio\\.jupyter"
              + "|com\\.twosigma\\.beakerx|ganymede)\\.[\\w.*]+).*");

  private static final Pattern NO_PACKAGE = Pattern.compile("package \\S+ does not exist");

  /// What is said of lines that another language has in this form.
  ///
  /// @param message how the compiler's message starts
  private record Habit(Pattern message, Pattern line, String advice) {

    static Habit of(String message, String line, String advice) {
      return new Habit(Pattern.compile(message), Pattern.compile(line), advice);
    }

    boolean isIn(String line, String said) {
      return message.matcher(said).lookingAt() && this.line.matcher(line).matches();
    }
  }

  private static final List<Habit> HABITS =
      List.of(
          Habit.of(
              "unclosed character literal",
              ".*",
              "A text stands in double quotes, as in \"text\"; single ones are for one character."),
          Habit.of(
              "illegal escape character",
              ".*",
              "A backslash in a text is written twice, as in \"\\\\d+\" and \"C:\\\\data\"."),
          Habit.of(
              "illegal character: '\\\\u201[3-5]'|illegal character: '\\\\u2212'",
              ".*",
              "That is a dash, as in printed text; a minus is -"),
          Habit.of(
              "illegal character: '\\\\u201",
              ".*",
              "That is a quotation mark, as in printed text; those of Java are \" and '"),
          Habit.of(
              "illegal character: '\\\\u(?:00a0|200[0-9a-f]|202f|2060|3000|feff)'",
              ".*",
              "That looks like a blank, or like nothing, and is a character of its own, as in web"
                  + " pages: delete it, or type a blank."),
          Habit.of(
              "illegal start of expression",
              ".*(?:[=(,]|return)\\s*\\[.*",
              "A list is written List.of(1, 2), or new ArrayList<>(List.of(1, 2)) if it is to change;"
                  + " an array int[] a = {1, 2};"),
          Habit.of(
              "illegal start of expression",
              ".*(?:[=(,]|return)\\s*\\{\\s*(?:[\"'\\w][^{}]*:.*)?",
              "A map is written Map.of(\"a\", 1, \"b\", 2), or new HashMap<>(Map.of(…)) if it is to"
                  + " change."),
          Habit.of(
              "illegal start of expression",
              ".*[\\w)\\]]\\s*\\*\\*\\s*[\\w(].*",
              "A power is written Math.pow(x, 2)."),
          Habit.of(
              "",
              "(?:.*[;{})\\s])?(?:for\\s*\\(?\\s*(?:[\\w<>,\\[\\]]+\\s+)+(?:in|of)\\s+[^=:;].*"
                  + "|for[ _]?[eE]ach\\s*\\(.*)",
              "A loop over elements is written for (var x : list) { … }, one that counts"
                  + " for (int i = 0; i < n; i++) { … }"),
          Habit.of(
              "",
              "(?:def|function|fun|func)\\s+\\w+\\s*\\(.*",
              "A method begins with the type of what it returns, or void: int twice(int n) { return"
                  + " 2 * n; }"),
          Habit.of(
              "",
              "(?:if|elif|else|while|try|except|finally|with|class)\\b[^?\"]*:",
              "Braces hold what belongs together: if (a > b) { … } else if (a < b) { … } else { … }"),
          Habit.of(
              "",
              "from\\s+[\\w.]+\\s+import\\b.*|import\\s+[\\w.]+\\s+as\\b.*",
              "An import is written import java.time.LocalDate; or import java.time.*;"),
          Habit.of(
              "invalid method declaration; return type required",
              ".*",
              "A method says what it returns before its name, as in int size(), or void; a"
                  + " constructor stands in its class, whose name it has."));

  /// How Scala's and Kotlin's notebooks fetch a library.
  private static final Pattern FETCH =
      Pattern.compile(
          "(?:import\\s+\\$(?:ivy|dep)\\.|@file:DependsOn\\(|interp\\.load\\.ivy\\()\\s*[`\"]([^`]+)[`\"].*");

  /// How JBang's files do, and those of Scala: what they say is a comment to Java.
  private static final Pattern COMMENT =
      Pattern.compile("(?m)^//(?:DEPS|>\\s*using\\s+(?:dep|lib))\\s+(\\S.*)$");

  private Habits() {}

  /// {@return what to write instead of what the first problem is about; empty if that is Java, or
  /// nothing that people are used to}
  static String advice(Cell cell, List<Problem> problems) {
    if (problems.isEmpty()) {
      return "";
    }
    String line = cell.line(cell.lineOf(problems.getFirst().start())).strip();
    if (line.matches("!\\s*[\\w./~].*")) {
      return "To run a command, write: %sh " + line.substring(1).strip();
    }
    String first = problems.getFirst().message();
    for (Habit habit : HABITS) {
      if (habit.isIn(line, first)) {
        return habit.advice();
      }
    }
    Matcher fetch = FETCH.matcher(line);
    if (fetch.matches()) {
      return toFetch(fetch.group(1));
    }
    Matcher comment = COMMENT.matcher(cell.text());
    if (NO_PACKAGE.matcher(first).lookingAt() && comment.find()) {
      return comment.group().strip() + " is a comment. " + toFetch(comment.group(1));
    }
    Matcher foreign = FOREIGN.matcher(line);
    if (foreign.matches()) {
      return foreign.group(1)
          + " is a part of another kernel that this one does not have; the kernel's README says what"
          + " it has of the other kernels, and what does the work of the rest";
    }
    return line.matches("/[a-z?!-].*") ? "To run a command of JShell, write: %jshell " + line : "";
  }

  /// Between a group and an artifact of Scala there are two colons; other tools write their lists
  /// with commas, or coordinates as three texts.
  private static String toFetch(String coordinates) {
    String words =
        coordinates
            .replaceAll("\"\\s*%%?\\s*\"", ":")
            .replaceAll("::+", ":")
            .replaceAll("[\",\\s]+", " ");
    return "To fetch a library, write: %maven " + words.strip();
  }
}
