package argosy.kernel.extension;

import java.util.Map;

/// Turns a value into a MIME bundle.
@FunctionalInterface
public interface Renderer<T> {

  /// {@return MIME type to data: text as `String`, pictures as `byte[]`, JSON as maps and lists;
  /// the kernel adds `text/plain` if it is missing}
  Map<String, Object> render(T value);
}
