package argosy.kernel.jupyter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A print stream on which `printStackTrace` shows the frames as the interpreter reads them, and
/// not those below the user's code. Everything else is printed as it is.
final class TraceStream extends PrintStream {

  /*
   * How. A throwable prints itself by println(Object), which nobody else calls with a text that
   * looks like a frame: first itself, then one text for each frame, each cause, and each rest that
   * two stacks share. It holds the monitor of the stream from the first to the last.
   */
  private static final StackWalker CALLERS = StackWalker.getInstance();
  private static final String PRINTER = Throwable.class.getName() + "$";
  private static final int MAX_THROWABLES = 100;

  private final Function<StackTraceElement[], List<String>> reader;

  /// The trace that is printed now, or was printed last. Guarded by this.
  private Trace trace = Trace.EMPTY;

  /// @param reader gives the texts of a stack's frames, without those at its end that are to be
  ///   left out
  TraceStream(OutputStream out, Function<StackTraceElement[], List<String>> reader) {
    super(out, false, StandardCharsets.UTF_8);
    this.reader = reader;
  }

  @Override
  public void println(@Nullable String text) {
    print(text + System.lineSeparator());
  }

  @Override
  public void println(@Nullable Object value) {
    if (value instanceof Throwable thrown && isPrintingItself()) {
      Trace its = Trace.of(thrown, reader);
      synchronized (this) {
        trace = its;
      }
      println(String.valueOf(value));
    } else if (value instanceof String line && line.startsWith("\t") && isPrintingItself()) {
      synchronized (this) {
        trace.shown(line).ifPresent(this::println);
      }
    } else {
      println(String.valueOf(value));
    }
  }

  /// Whether a throwable has called the method that calls this.
  private static boolean isPrintingItself() {
    return CALLERS.walk(frames ->
        frames
            .skip(2)
            .findFirst()
            .filter(caller -> caller.getClassName().startsWith(PRINTER))
            .isPresent());
  }

  /// The frames of a throwable and of those that it holds.
  ///
  /// @param readable the texts of frames, by how Java writes them
  /// @param hidden the frames that are left out
  /// @param below how many of these end the throwable's own stack
  private record Trace(Map<String, String> readable, Set<String> hidden, int below) {

    static final Trace EMPTY = new Trace(Map.of(), Set.of(), 0);

    private static final Pattern FRAME = Pattern.compile("(\t+at )(.*)");
    private static final Pattern SHARED = Pattern.compile("(\t+\\.\\.\\. )(\\d+)( more)");

    static Trace of(Throwable thrown, Function<StackTraceElement[], List<String>> reader) {
      try {
        Map<String, String> readable = new HashMap<>();
        Set<String> hidden = Collections.newSetFromMap(new HashMap<>());
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(thrown, seen);
        for (Throwable one : seen) {
          StackTraceElement[] stack = one.getStackTrace();
          List<String> texts = reader.apply(stack);
          for (int i = 0; i < stack.length; i++) {
            if (i < texts.size()) {
              readable.put(stack[i].toString(), texts.get(i));
            } else {
              hidden.add(stack[i].toString());
            }
          }
        }
        StackTraceElement[] own = thrown.getStackTrace();
        return new Trace(readable, hidden, own.length - reader.apply(own).size());
      } catch (RuntimeException e) {
        return EMPTY; // what a throwable of the user's own says of itself may fail
      }
    }

    private static void collect(Throwable thrown, Set<Throwable> seen) {
      if (seen.size() < MAX_THROWABLES && seen.add(thrown)) {
        for (Throwable suppressed : thrown.getSuppressed()) {
          collect(suppressed, seen);
        }
        if (thrown.getCause() != null) {
          collect(thrown.getCause(), seen);
        }
      }
    }

    /// {@return what to print instead of a line; nothing if it is to be left out}
    Optional<String> shown(String line) {
      Matcher frame = FRAME.matcher(line);
      if (frame.matches()) {
        String text = readable.get(frame.group(2));
        return text == null && hidden.contains(frame.group(2))
            ? Optional.empty()
            : Optional.of(frame.group(1) + (text == null ? frame.group(2) : text));
      }
      Matcher shared = SHARED.matcher(line);
      if (!shared.matches()) {
        return Optional.of(line);
      }
      int left = Integer.parseInt(shared.group(2)) - below;
      return left > 0 ? Optional.of(shared.group(1) + left + shared.group(3)) : Optional.empty();
    }
  }
}
