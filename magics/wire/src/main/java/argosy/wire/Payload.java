package argosy.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Some bytes that travel, compared by content.
///
/// Immutable by contract: [#of(byte\[\])] takes the array over without a copy, and [#bytes()] lends
/// it without one, because a payload may be many megabytes; neither side writes to it afterwards.
public final class Payload {

  /// No bytes at all.
  public static final Payload EMPTY = new Payload(new byte[0]);

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /// {@return a payload that owns `bytes` from now on}
  public static Payload of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Payload(bytes);
  }

  /// {@return the bytes themselves, to be read only}
  public byte[] bytes() {
    return bytes;
  }

  /// {@return a read-only view from the first byte to the last}
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /// {@return how many bytes this is}
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
