package argosy.wire.codec;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Something in a graph cannot travel. Collects the path to it while the writer unwinds.
public final class UnshippableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String INSIDE = "inside ";

  private final transient Deque<String> path = new ArrayDeque<>();
  private final String what;
  private transient Remedy remedy;

  /// @param what the end of the path, such as `java.net.Socket`
  /// @param remedy what to do instead, a sentence
  public UnshippableException(String what, String remedy) {
    this(what, Remedy.of(remedy), null);
  }

  UnshippableException(String what, Remedy remedy) {
    this(what, remedy, null);
  }

  /// @param cause what went wrong there
  public UnshippableException(String what, String remedy, @Nullable Throwable cause) {
    this(what, Remedy.of(remedy), cause);
  }

  private UnshippableException(String what, Remedy remedy, @Nullable Throwable cause) {
    super(what, cause);
    this.what = what;
    this.remedy = remedy;
  }

  /// Puts an element in front of the path.
  ///
  /// @return this
  public UnshippableException at(String element) {
    path.addFirst(element);
    return this;
  }

  /// Says that the path so far starts with a field of an object of the platform. People know that
  /// object, and not what it is made of.
  ///
  /// @return this
  UnshippableException inside(Class<?> type) {
    remedy = Denials.remedyOfWhole(type, remedy);
    path.pollFirst();
    String first = path.peekFirst();
    if (first != null && first.startsWith(INSIDE)) {
      path.removeFirst();
    }
    return at(INSIDE + KnownName.of(type));
  }

  /// {@return the elements from the outermost to the thing itself, joined by arrows}
  public String path() {
    StringBuilder text = new StringBuilder();
    int length = path.size();
    int position = 0;
    for (String element : path) {
      if (position < 12 || position >= length - 12) {
        text.append(element).append(" -> ");
      } else if (position == 12) {
        text.append("... -> ");
      }
      position++;
    }
    return text.append(what).toString();
  }

  /// {@return what to do instead of capturing it}
  public String remedy() {
    return remedy.captured();
  }

  /// {@return what to do instead of returning it}
  String remedyOfResult() {
    return remedy.returned();
  }

  @Override
  public String getMessage() {
    return path() + ": " + remedy.captured();
  }
}
