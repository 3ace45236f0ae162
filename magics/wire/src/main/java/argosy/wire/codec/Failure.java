package argosy.wire.codec;

import argosy.wire.Payload;
import argosy.wire.StopPoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a task ended that did not return: what it threw, and the printed form of that for a reader
/// who cannot rebuild it.
///
/// @param isUnshippable whether the task returned something that cannot travel; `printed` says what
/// @param printed the stack trace as Java prints it
/// @param thrown what was thrown, or how it is [Described] if it cannot travel, or null if it
///   cannot be rebuilt here
public record Failure(boolean isUnshippable, String printed, @Nullable Object thrown) {

  private static final String WORKER_FRAMES = "argosy.worker.";

  /// {@return the bytes of what a task threw}
  public static Payload encode(ClassTable table, Throwable thrown) {
    trim(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    return envelope(table, false, print(thrown), Described.encode(table, whole(thrown)));
  }

  /// {@return this, or the same if the virtual machine has made it: it calls no constructor, and
  /// what has seen none takes no remark by [Throwable#addSuppressed]}
  private static Throwable whole(Throwable thrown) {
    if (thrown.getClass() != StackOverflowError.class) {
      return thrown;
    }
    Throwable whole = new StackOverflowError(thrown.getMessage());
    whole.setStackTrace(thrown.getStackTrace());
    for (Throwable suppressed : thrown.getSuppressed()) {
      whole.addSuppressed(suppressed);
    }
    return thrown.getCause() == null ? whole : whole.initCause(thrown.getCause());
  }

  /// {@return the bytes of a result that cannot travel}
  public static Payload encodeRefusal(ClassTable table, UnshippableException refusal) {
    String text = "result -> " + refusal.path() + ": " + refusal.remedyOfResult();
    return envelope(table, true, text, null);
  }

  private static Payload envelope(
      ClassTable table, boolean isUnshippable, String text, byte @Nullable [] graph) {
    GraphWriter writer = new GraphWriter(table);
    writer.writeInt(isUnshippable ? 1 : 0);
    writer.writeString(text);
    writer.write(graph);
    return Payload.of(writer.bytes());
  }

  /// {@return what [#encode] wrote}
  public static Failure decode(ClassTable table, Payload payload) {
    GraphReader reader = new GraphReader(table, payload.bytes());
    boolean isUnshippable = reader.readInt() == 1;
    String printed = reader.readString();
    Object thrown = null;
    if (reader.read() instanceof byte[] graph) {
      try {
        thrown = new GraphReader(table, graph).read();
      } catch (Exception | LinkageError | StackOverflowError e) {
        thrown = null; // the printed form says what happened
      }
    }
    return new Failure(isUnshippable, printed == null ? "" : printed, thrown);
  }

  /// {@return a stack trace as Java prints it, whatever the throwable's own methods do}
  public static String print(Throwable thrown) {
    try {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text.toString();
    } catch (Exception | LinkageError | StackOverflowError e) {
      StringBuilder text = new StringBuilder(thrown.getClass().getName());
      text.append(" (its own methods failed: ").append(e.getClass().getName()).append(')');
      for (StackTraceElement frame : thrown.getStackTrace()) {
        text.append("\n\tat ").append(frame);
      }
      return text.append('\n').toString();
    }
  }

  private static boolean isBelow(String owner) {
    return owner.startsWith(WORKER_FRAMES) || owner.startsWith("argosy.wire.AdaptedFunction");
  }

  /// Removes the worker's own frames from the bottom of stack traces, and those of stop points.
  private static void trim(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return;
    }
    try {
      StackTraceElement[] frames = thrown.getStackTrace();
      StackTraceElement[] own =
          Arrays.stream(frames)
              .takeWhile(frame -> !isBelow(frame.getClassName()))
              .filter(frame -> !frame.getMethodName().equals(StopPoint.METHOD))
              .toArray(StackTraceElement[]::new);
      if (own.length < frames.length) {
        thrown.setStackTrace(own);
      }
      trim(thrown.getCause(), seen);
      for (Throwable suppressed : thrown.getSuppressed()) {
        trim(suppressed, seen);
      }
    } catch (RuntimeException | StackOverflowError e) {
      // a throwable whose methods fail keeps the frames that it has
    }
  }
}
