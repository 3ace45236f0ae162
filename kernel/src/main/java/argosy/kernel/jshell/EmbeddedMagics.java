package argosy.kernel.jshell;

import argosy.kernel.cell.CellParser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Where a magic inside a Java statement arrives: `var l = %jars x` is compiled as a call of
/// [#call].
public final class EmbeddedMagics implements AutoCloseable {

  private static final Map<Integer, EmbeddedMagics> SESSIONS = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final int session = NEXT.incrementAndGet();
  private final Caller caller;

  /// Who runs it.
  @FunctionalInterface
  interface Caller {
    @Nullable Object call(String name, String arguments, int line) throws Exception;
  }

  EmbeddedMagics(Caller caller) {
    this.caller = caller;
    SESSIONS.put(session, this);
  }

  /// {@return how a cell's source calls a magic}
  CellParser.EmbeddedMagic source() {
    return (name, arguments, line) ->
        "argosy.kernel.jshell.EmbeddedMagics.call("
            + session
            + ", "
            + literal(name)
            + ", "
            + literal(arguments)
            + ", "
            + line
            + ")";
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
  }

  /// Runs a magic. Called by cells only.
  ///
  /// @param <T> what the cell expects it to return
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> @Nullable T call(int session, String name, String arguments, int line) {
    EmbeddedMagics known = SESSIONS.get(session);
    if (known == null) {
      throw new IllegalStateException("the session of this code has ended");
    }
    try {
      return (T) known.caller.call(name, arguments, line);
    } catch (Exception e) {
      throw EmbeddedMagics.<RuntimeException>unchecked(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }

  @Override
  public void close() {
    SESSIONS.remove(session);
  }
}
