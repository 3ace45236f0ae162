package argosy.kernel.jupyter;

import argosy.kernel.interpreter.ReadableFrame;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a cell prints, with the frames of its stack traces as the interpreter reads them, and
/// without those below the user's code. Whoever has printed them: a throwable itself, a logger, or
/// the user, who has kept them as a text. Everything else passes as it is.
///
/// Not safe for use by several threads.
final class TraceText {

  private static final Pattern FRAME =
      Pattern.compile(
          "(?<start>[^\t]*\t+at )(?:[^\\s/(]*/){0,2}(?<type>[^\\s/(]+)\\.(?<method>[^\\s.(]+)"
              + "\\((?<file>[^()]*?)(?::(?<line>\\d+))?\\)(?<rest>.*\\R?)");
  private static final Pattern SHARED =
      Pattern.compile("(?<start>[^\t]*\t+\\.\\.\\. )(?<count>\\d+)(?<rest> (?:more|common).*\\R?)");
  private static final Pattern FIRST =
      Pattern.compile(
          "(?:Exception in thread .*|[\\w.$]+(?:Exception|Error|Throwable)\\b.*)\\R?");
  private static final Pattern UNFINISHED = Pattern.compile("[^\t\n]{0,80}\t+(?:at .*|\\.{3}.*)");

  private final Function<StackTraceElement, Optional<ReadableFrame>> reader;

  /// The start of a line that may be a frame, whose end has not been printed.
  private String kept = "";

  private boolean isBelow;

  /// How many frames have been left out since the user's outermost one.
  private int leftOut;

  /// How many the last stack had that left any out.
  private int below;

  /// @param reader reads a frame; nothing if it is not one of the user's
  TraceText(Function<StackTraceElement, Optional<ReadableFrame>> reader) {
    this.reader = reader;
  }

  /// {@return what to print now for a text that goes on where the one before has ended}
  String readable(String text) {
    if (kept.isEmpty() && !isBelow && !text.contains("\tat ")) {
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
    isBelow = false;
    Matcher shared = SHARED.matcher(line);
    if (shared.matches()) {
      int left = Integer.parseInt(shared.group("count")) - below;
      if (left > 0) {
        shown.append(shared.group("start")).append(left).append(shared.group("rest"));
      }
      return;
    }
    if (FIRST.matcher(line).matches()) {
      below = 0;
    }
    shown.append(line);
  }

  private void frame(Matcher frame, StringBuilder shown) {
    Optional<ReadableFrame> own = reader.apply(element(frame));
    if (own.isPresent()) {
      isBelow = own.get().isOutermost();
      leftOut = 0;
      shown.append(frame.group("start")).append(own.get().text()).append(frame.group("rest"));
    } else if (isBelow) {
      below = ++leftOut;
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
