package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;

/// How one class travels.
///
/// @param wireType the class that is named on the wire
/// @param serializer who writes and reads the values
/// @param isShared whether two references to one value arrive as two references to one value
record Coding(Class<?> wireType, Serializer<Object> serializer, boolean isShared) {

  @SuppressWarnings("unchecked") // a serializer is only ever given values of the class it is for
  static Coding of(Class<?> wireType, Serializer<?> serializer) {
    return new Coding(wireType, (Serializer<Object>) serializer, true);
  }

  @SuppressWarnings("unchecked") // as above
  static Coding unshared(Class<?> wireType, Serializer<?> serializer) {
    return new Coding(wireType, (Serializer<Object>) serializer, false);
  }

  Registration registration() {
    return new Registration(wireType, serializer, -1);
  }
}
