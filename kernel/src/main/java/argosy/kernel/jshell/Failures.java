package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.interpreter.ReadableFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says what went wrong, in the words and lines of the user. Safe from any thread.
final class Failures {

  /// What the compiler calls a class that has no name.
  private static final Pattern UNNAMED = Pattern.compile("(?:.*[.$])?\\d+");

  private static final int MAX_LIBRARY_FRAMES = 12;
  private static final int MAX_CELL_FRAMES = 30;
  private static final int MAX_CAUSES = 20;
  private static final int MAX_PROBLEMS = 10;
  private static final String KERNEL = "argosy.kernel.";

  private final CellTexts texts;
  private final SourceLines origins;
  private final Missed missed;

  /// @param origins where classes come from
  Failures(CellTexts texts, SourceLines origins, Missed missed) {
    this.texts = texts;
    this.origins = origins;
    this.missed = missed;
  }

  /// The user's code threw something.
  CellOutcome.Failed thrown(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    append(lines, "", thrown, seen);
    return new CellOutcome.Failed(name(thrown), message(thrown), lines);
  }

  /// The cell was stopped.
  ///
  /// @param where it was then
  CellOutcome.Failed stopped(StopReason reason, StackTraceElement[] where) {
    List<String> lines = new ArrayList<>();
    lines.add(Style.NAME.paint(reason.name()) + ": " + reason.note());
    frames(lines, where);
    return new CellOutcome.Failed(reason.name(), reason.note(), lines);
  }

  /// The compiler, or the search for magics, found mistakes.
  ///
  /// @param name what kind of mistake
  /// @param origin where the cell starts
  /// @param remark what there is to say about all of them, in lines; empty to say nothing
  CellOutcome.Failed problems(
      String name, Cell cell, Origin origin, List<Problem> problems, String remark) {
    List<String> lines = new ArrayList<>();
    List<String> explained = List.of();
    for (Problem problem : problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS))) {
      Quotation place = Quotation.of(problem, cell, origin, texts.text(origin.source()));
      underlined(lines, place, origin, problem);
      List<String> rest = problem.message().lines().skip(1).toList();
      if (!rest.equals(explained)) {
        rest.forEach(line -> lines.add("  " + line));
        explained = rest;
      }
    }
    if (problems.size() > MAX_PROBLEMS) {
      lines.add(Style.FAINT.paint("… " + (problems.size() - MAX_PROBLEMS) + " more"));
    }
    remark.lines().map(Style.FAINT::paint).forEach(lines::add);
    String message = problems.isEmpty() ? "" : problems.getFirst().message();
    return new CellOutcome.Failed(name, message, lines);
  }

  private static void underlined(
      List<String> lines, Quotation quotation, Origin origin, Problem problem) {
    String place = origin.source() + ", line " + quotation.line();
    String first = problem.message().lines().findFirst().orElse("");
    String end = quotation.isEnd() ? " (the code ends here)" : "";
    lines.add(Style.PLACE.paint(place) + ": " + Style.NAME.paint(first + end));
    lines.add("    " + quotation.text());
    String mark = Style.MARK.paint("^".repeat(quotation.length()));
    lines.add("    " + blanks(quotation.text(), quotation.column()) + mark);
  }

  /// As wide as the start of a line, with its tabs.
  private static String blanks(String source, int column) {
    return source.substring(0, Math.min(column, source.length())).replaceAll("[^\t]", " ");
  }

  private void append(List<String> lines, String role, Throwable thrown, Set<Throwable> seen) {
    String message = message(thrown);
    List<String> parts = message.lines().toList();
    String first = parts.isEmpty() ? "" : ": " + parts.getFirst();
    lines.add(role + Style.NAME.paint(name(thrown)) + first);
    parts.stream().skip(1).forEach(lines::add);
    SleepingModules.advice(thrown, message).ifPresent(lines::add);
    Windows.advice(thrown).ifPresent(lines::add);
    missed.advice(thrown).ifPresent(lines::add);
    if (!seen.add(thrown)) {
      lines.add(Style.FAINT.paint("    (the same as above)"));
      return;
    }
    if (seen.size() > MAX_CAUSES) {
      return;
    }
    frames(lines, stackOf(thrown));
    for (Throwable suppressed : thrown.getSuppressed()) {
      String remark = remark(suppressed);
      if (remark.isEmpty()) {
        append(lines, "Suppressed: ", suppressed, seen);
      } else {
        remark.lines().map(line -> "    " + line).forEach(lines::add);
      }
    }
    Throwable cause = causeOf(thrown);
    if (cause != null) {
      append(lines, "Caused by: ", cause, seen);
    }
  }

  /// {@return the text of what was never thrown, but added to say more about what was: it comes
  /// from nowhere and does not print as exceptions do; empty for any other}
  private static String remark(Throwable suppressed) {
    if (stackOf(suppressed).length > 0) {
      return "";
    }
    try {
      String text = Objects.requireNonNullElse(suppressed.toString(), "");
      return text.startsWith(suppressed.getClass().getName()) ? "" : text;
    } catch (RuntimeException | StackOverflowError e) {
      return "";
    }
  }

  private static StackTraceElement[] stackOf(Throwable thrown) {
    try {
      return thrown.getStackTrace();
    } catch (RuntimeException e) {
      return new StackTraceElement[0];
    }
  }

  private static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static String name(Throwable thrown) {
    Class<?> type = thrown.getClass();
    if (type.getName().startsWith(KERNEL)) {
      return type.getSimpleName();
    }
    if (type.isAnonymousClass() || AnonymousClass.is(type.getName())) {
      type = type.getSuperclass();
    }
    return Wrappers.unwrap(Objects.requireNonNullElse(type.getCanonicalName(), type.getName()));
  }

  private static String message(Throwable thrown) {
    try {
      String message = Objects.requireNonNullElse(thrown.getLocalizedMessage(), "");
      return thrown instanceof ClassCastException
          ? ClassVersions.explain(message)
          : Wrappers.unwrap(message);
    } catch (RuntimeException | StackOverflowError e) {
      return "(its getMessage threw " + e.getClass().getName() + ")";
    }
  }

  /// {@return how a frame reads where the user's code prints it; nothing if it is neither a cell's
  /// nor ours}
  ///
  /// @param frame without a file if only a class and a method are known
  Optional<ReadableFrame> readable(StackTraceElement frame) {
    if (frame.getFileName() == null) {
      return origins
          .source(frame.getClassName())
          .map(source -> new ReadableFrame(source + inMethod(frame), isTopLevel(frame)));
    }
    if (isCell(frame)) {
      return Optional.of(new ReadableFrame(place(frame), isTopLevel(frame)));
    }
    return isOurs(frame) ? Optional.of(new ReadableFrame("", true)) : Optional.empty();
  }

  private int outermostCellFrame(StackTraceElement[] stack) {
    int last = stack.length - 1;
    while (last >= 0 && !isCell(stack[last])) {
      last--;
    }
    return last;
  }

  private String place(StackTraceElement frame) {
    Origin place = now(frame);
    return place.source()
        + (frame.getLineNumber() > 0 ? ", line " + place.line() : "")
        + inMethod(frame);
  }

  private static String inMethod(StackTraceElement frame) {
    String method = methodOf(frame);
    return method.isEmpty() ? "" : ", in " + method;
  }

  private Origin now(StackTraceElement frame) {
    String file = Objects.requireNonNull(frame.getFileName(), "a cell's class has no source");
    return origins.now(frame.getClassName(), new Origin(file, frame.getLineNumber()));
  }

  /// What lies below the outermost frame of a cell is ours, not the user's.
  private void frames(List<String> lines, StackTraceElement[] stack) {
    int last = outermostCellFrame(stack);
    int library = 0;
    int cells = 0;
    int omitted = 0;
    for (int i = 0; i <= last; i++) {
      StackTraceElement frame = stack[i];
      int repeated = repetitions(stack, i);
      if (i > 0 && isAround(frame, stack[i - 1])) {
        continue;
      }
      if (isCell(frame) && cells++ < MAX_CELL_FRAMES) {
        cellFrame(lines, frame, cells == 1, repeated);
      } else if (!isCell(frame) && !isHidden(frame) && library++ < MAX_LIBRARY_FRAMES) {
        lines.add(Style.FAINT.paint("    at " + libraryFrame(frame)));
      } else if (!isHidden(frame)) {
        omitted++;
      }
      i += repeated;
    }
    if (omitted > 0) {
      lines.add(Style.FAINT.paint("    … " + omitted + " more"));
    }
  }

  private static int repetitions(StackTraceElement[] stack, int index) {
    int end = index;
    while (end + 1 < stack.length && stack[end + 1].equals(stack[index])) {
      end++;
    }
    return end - index;
  }

  private static String libraryFrame(StackTraceElement frame) {
    String source = frame.getFileName() == null ? "" : frame.getFileName();
    String line = frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "";
    return frame.getClassName() + "." + frame.getMethodName() + " (" + source + line + ")";
  }

  private boolean isCell(StackTraceElement frame) {
    String file = frame.getFileName();
    return file != null
        && (Origin.isCell(file)
            || (Wrappers.wrapperOf(frame.getClassName()).isPresent() && texts.has(file)));
  }

  private static boolean isHidden(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("java.lang.invoke.")
        || name.startsWith("jdk.internal.")
        || name.startsWith("java.lang.reflect.")
        || isOurs(frame);
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("argosy.");
  }

  private void cellFrame(
      List<String> lines, StackTraceElement frame, boolean withSource, int repeated) {
    Origin place = now(frame);
    String line = frame.getLineNumber() > 0 ? ", line " + place.line() : "";
    String where = Style.PLACE.paint(place.source() + line);
    String times = repeated == 0 ? "" : " (" + (repeated + 1) + " times)";
    lines.add("    at " + where + inMethod(frame) + times);
    String source = withSource ? texts.line(place.source(), place.line()).strip() : "";
    if (!source.isEmpty()) {
      lines.add("        " + source);
    }
  }

  /// Whether it is what the shell calls.
  private static boolean isTopLevel(StackTraceElement frame) {
    return frame.getMethodName().startsWith("do_it$");
  }

  /// Whether it only calls the other frame, which is the initializer of the variable that it
  /// declares.
  private static boolean isAround(StackTraceElement frame, StackTraceElement inner) {
    return isTopLevel(frame)
        && isTopLevel(inner)
        && frame.getClassName().equals(inner.getClassName())
        && !frame.getMethodName().equals(inner.getMethodName());
  }

  /// The method as the user knows it; empty for what stands at top level.
  private static String methodOf(StackTraceElement frame) {
    String type = Wrappers.unwrap(frame.getClassName());
    String method = Redefinitions.withoutRevision(frame.getMethodName());
    if (isTopLevel(frame)) {
      return "";
    }
    if (method.startsWith("lambda$")) {
      String outer = method.substring(7).replaceFirst("\\$\\d+$", "");
      boolean isTop = outer.startsWith("do_it$");
      return "a lambda" + (isTop ? "" : " of " + qualified(type, outer));
    }
    return qualified(type, method);
  }

  private static String qualified(String type, String method) {
    if (UNNAMED.matcher(type).matches()) {
      return (method.equals("<init>") ? "" : method + " of ") + "an anonymous class";
    }
    if (method.equals("<init>")) {
      return "new " + type;
    }
    if (method.equals("<clinit>") || method.equals("static")) {
      return "the initialiser of " + type;
    }
    if (method.isEmpty()) {
      return type;
    }
    return type.isEmpty() ? method : type + "." + method;
  }
}
