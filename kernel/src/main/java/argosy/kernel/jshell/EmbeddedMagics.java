package argosy.kernel.jshell;

import argosy.kernel.cell.CellParser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a magic inside a Java statement arrives: `var l = %jars x` is compiled as a call of
/// [#call].
public final class EmbeddedMagics implements AutoCloseable {

  private static final Map<Integer, EmbeddedMagics> SESSIONS = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  /// How the virtual machine says that [#call] has given null where a primitive type must be.
  private static final Pattern UNBOXED =
      Pattern.compile(
          "Cannot invoke \"java\\.lang\\.\\w+\\.(\\w+)Value\\(\\)\" because the return value of \""
              + Pattern.quote(EmbeddedMagics.class.getName())
              + "\\.call\\(.*\\)\" is null");

  private static final Pattern CALL =
      Pattern.compile(
          Pattern.quote(EmbeddedMagics.class.getName())
              + "\\.call\\(\\d+, \"([^\"]*)\", \"((?:[^\"\\\\]|\\\\.)*)\", \\d+\\)");

  private final int session = NEXT.incrementAndGet();
  private final Caller caller;
  private final Predicate<String> isMagic;

  /// Who runs it.
  @FunctionalInterface
  interface Caller {
    @Nullable Object call(String name, String arguments, int line) throws Exception;
  }

  /// @param isMagic which names are a magic's and nothing else's
  EmbeddedMagics(Caller caller, Predicate<String> isMagic) {
    this.caller = caller;
    this.isMagic = isMagic;
    SESSIONS.put(session, this);
  }

  /// {@return how a cell's source calls a magic}
  CellParser.EmbeddedMagic source() {
    return new CellParser.EmbeddedMagic() {
      @Override
      public String expression(String name, String arguments, int line) {
        return "argosy.kernel.jshell.EmbeddedMagics.call(%d, %s, %s, %d)"
            .formatted(session, literal(name), literal(arguments), line);
      }

      @Override
      public boolean isMagic(String name) {
        return isMagic.test(name);
      }
    };
  }

  /// {@return compiled source as its user wrote it}
  static String asWritten(String source) {
    return CALL.matcher(source)
        .replaceAll(call ->
            Matcher.quoteReplacement(
                ("%" + call.group(1) + " " + call.group(2).translateEscapes()).stripTrailing()));
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
      throw new IllegalStateException(
          "%%%s runs in the notebook itself, not in a task on a worker".formatted(name));
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

  /// {@return what to say instead of an exception that comes of a magic without a value in the
  /// place of a number; any other exception as it is}
  static Throwable explained(Throwable thrown) {
    Matcher matcher =
        thrown instanceof NullPointerException && thrown.getMessage() != null
            ? UNBOXED.matcher(thrown.getMessage())
            : UNBOXED.matcher("");
    return matcher.matches()
        ? new NoValueException(
            "this magic has no value, and " + matcher.group(1) + " needs one", thrown)
        : thrown;
  }

  @Override
  public void close() {
    SESSIONS.remove(session);
  }
}
