package argosy.wire.codec;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;

/// A weak or soft reference: what it refers to now, as weakly or softly.
final class ReferenceCoder extends Coder<Reference<?>> {

  @Override
  void write(GraphWriter writer, Reference<?> reference) {
    try {
      writer.value(reference.get());
    } catch (UnshippableException e) {
      throw e.at("referent");
    }
  }

  @Override
  Reference<?> read(GraphReader reader, Class<? extends Reference<?>> type, int id) {
    Object referent = reader.value();
    Class<?> kind = type;
    return kind == SoftReference.class
        ? new SoftReference<>(referent)
        : new WeakReference<>(referent);
  }
}
