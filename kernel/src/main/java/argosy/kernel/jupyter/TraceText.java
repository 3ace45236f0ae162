package argosy.kernel.jupyter;

import argosy.kernel.interpreter.OutputReader;
import argosy.kernel.interpreter.ReadableFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a cell prints, with its classes, the frames of its stack traces and the place where an
/// entry of a log comes from as the interpreter reads them, and without the frames below the user's
/// code. Whoever has printed them: a throwable itself, a logger, or the user, who has kept them as
/// a text. Everything else passes as it is.
///
/// Not safe for use by several threads.
final class TraceText {

  private static final Pattern FRAME =
      Pattern.compile(
          "(?<start>(?<mark>[^\t]*)\t+at )(?:[^\\s/(]*/){0,2}(?<type>[^\\s/(]+)\\.(?<method>[^\\s.(]+)"
              + "\\((?<file>[^()]*?)(?::(?<line>\\d+))?\\)(?<rest>.*\\R?)");
  private static final Pattern SHARED =
      Pattern.compile("(?<start>[^\t]*\t+\\.\\.\\. )(?<count>\\d+)(?<rest> (?:more|common).*\\R?)");
  private static final Pattern FIRST =
      Pattern.compile("(?:Exception in thread .*|[\\w.$]+(?:Exception|Error|Throwable)\\b.*)\\R?");

  /// How `java.util.logging` starts an entry: with the time, a class and a method.
  private static final Pattern LOGGED =
      Pattern.compile(
          "(?<start>[^\t]*\\d:\\d\\d:\\d\\d\\D* )(?<type>[^\\s$]*\\$\\S*) (?<method>\\S+)(?<end>\\R?)");

  private static final Pattern UNFINISHED = Pattern.compile("[^\t\n]{0,80}\t+(?:at .*|\\.{3}.*)");

  /// What the name of a cell's class has in it.
  private static final String NESTED = "$";

  private final OutputReader reader;

  /// The start of a line that may be a frame, whose end has not been printed.
  private String kept = "";

  /// The stacks that are being printed, by what stands before each of their lines, such as the name
  /// of a worker.
  private final Map<String, Stack> stacks = new HashMap<>();

  /// One stack, as far as it has been printed.
  private static final class Stack {

    private boolean hasUsers;
    private boolean isBelow;

    /// How many frames have been left out since the user's last one.
    private int leftOut;

    /// How many the last stack had that left any out.
    private int below;
  }

  /// @param reader knows the user's frames and classes
  TraceText(OutputReader reader) {
    this.reader = reader;
  }

  /// {@return what to print now for a text that goes on where the one before has ended}
  String readable(String text) {
    boolean isInside = !kept.isEmpty() || stacks.values().stream().anyMatch(stack -> stack.isBelow);
    if (!isInside
        && !text.contains("\tat ")
        && !text.contains("\t... ")
        && !text.contains(NESTED)) {
      return text;
    }
    String all = rest() + text;
    StringBuilder shown = new StringBuilder();
    int start = 0;
    for (int end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', start)) {
      line(all.substring(start, end + 1), shown);
      start = end + 1;
    }
    String last = all.substring(start);
    if (UNFINISHED.matcher(last).matches()) {
      kept = last;
    } else if (!last.isEmpty()) {
      line(last, shown);
    }
    return shown.toString();
  }

  /// {@return what was printed and not shown, because more was to come}
  String rest() {
    String rest = kept;
    kept = "";
    return rest;
  }

  private void line(String line, StringBuilder shown) {
    Matcher frame = FRAME.matcher(line);
    if (frame.matches()) {
      frame(frame, shown);
      return;
    }
    Matcher shared = SHARED.matcher(line);
    if (shared.matches()) {
      int left = Integer.parseInt(shared.group("count")) - endOfStack(line).below;
      if (left > 0) {
        shown.append(shared.group("start")).append(left).append(shared.group("rest"));
      }
      return;
    }
    endOfStack(line);
    shown.append(line.contains(NESTED) ? logged(line) : line);
  }

  /// {@return a line, with the place from which it was logged, or the classes that it names, as the
  /// interpreter reads them}
  private String logged(String line) {
    Matcher entry = LOGGED.matcher(line);
    return entry.matches()
        ? reader
            .readable(new StackTraceElement(entry.group("type"), entry.group("method"), null, -1))
            .filter(frame -> !frame.text().isEmpty())
            .map(frame -> entry.group("start") + frame.text() + entry.group("end"))
            .orElse(line)
        : reader.readable(line);
  }

  /// {@return the stack that a line ends which is none of its frames}
  private Stack endOfStack(String line) {
    Stack ended = new Stack();
    for (Map.Entry<String, Stack> entry : stacks.entrySet()) {
      if (line.startsWith(entry.getKey()) && !isMarkedOtherwise(line, entry.getKey())) {
        ended = entry.getValue();
        ended.hasUsers = false;
        ended.isBelow = false;
        if (FIRST.matcher(line.substring(entry.getKey().length())).matches()) {
          ended.below = 0;
        }
      }
    }
    return ended;
  }

  private boolean isMarkedOtherwise(String line, String mark) {
    return stacks.keySet().stream()
        .anyMatch(other -> other.length() > mark.length() && line.startsWith(other));
  }

  private void frame(Matcher frame, StringBuilder shown) {
    Stack stack = stacks.computeIfAbsent(frame.group("mark"), _ -> new Stack());
    Optional<ReadableFrame> own = reader.readable(element(frame));
    boolean isHidden = own.isPresent() && own.get().text().isEmpty();
    if (own.isPresent() && !isHidden) {
      stack.hasUsers = true;
      stack.isBelow = own.get().isOutermost();
      stack.leftOut = 0;
      shown.append(frame.group("start")).append(own.get().text()).append(frame.group("rest"));
    } else if (stack.isBelow || (isHidden && stack.hasUsers)) {
      stack.isBelow = true;
      stack.below = ++stack.leftOut;
    } else {
      shown.append(frame.group());
    }
  }

  private static StackTraceElement element(Matcher frame) {
    String line = frame.group("line");
    boolean isNumber = line != null && line.length() < 9;
    return new StackTraceElement(
        frame.group("type"),
        frame.group("method"),
        frame.group("file"),
        isNumber ? Integer.parseInt(line) : -1);
  }
}
