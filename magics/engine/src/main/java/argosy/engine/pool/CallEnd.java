package argosy.engine.pool;

import argosy.engine.memory.ReturnedValues;
import argosy.wire.Payload;
import org.jspecify.annotations.Nullable;

/// How a call ended.
public sealed interface CallEnd {

  /// It returned, and this is the encoded result with what travelled beside it.
  record Returned(Payload result, ReturnedValues values) implements CallEnd {}

  /// It threw, and this is the encoded exception.
  record Threw(Payload failure) implements CallEnd {}

  /// It returned, in this process.
  record Value(@Nullable Object value) implements CallEnd {}

  /// It threw in this process, or never came to return or throw.
  record Failed(Throwable cause) implements CallEnd {}
}
