package argosy.engine;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Inputs up to the one that could not be had, as if they ended there. Confined to one thread.
final class UntilFailure<A extends @Nullable Object> implements Iterator<A> {

  private final Iterator<A> inputs;

  /// The next input, if `hasNext`.
  private @Nullable A next;

  private boolean hasNext;
  private @Nullable Exception failure;

  UntilFailure(Iterator<A> inputs) {
    this.inputs = inputs;
  }

  /// {@return what the inputs threw in place of the next one, or null}
  @Nullable Exception failure() {
    return failure;
  }

  @Override
  public boolean hasNext() {
    if (!hasNext && failure == null) {
      try {
        hasNext = inputs.hasNext();
        next = hasNext ? inputs.next() : null;
      } catch (Exception e) {
        // Whatever the inputs throw is for who asks for the results.
        hasNext = false;
        failure = e;
      }
    }
    return hasNext;
  }

  @Override
  @SuppressWarnings("NullAway") // an input is an A, which may be null
  public A next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there is no further input");
    }
    A result = next;
    next = null;
    hasNext = false;
    return result;
  }
}
