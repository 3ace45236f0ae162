package argosy.wire.codec;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Hashes what is written to it, at about the speed at which a graph is written.
///
/// Two lanes of 64 bits, each a multiply and a rotation for 16 bytes: good enough to notice a
/// change, no defence against somebody who looks for two graphs of one hash.
final class GraphHash extends OutputStream {

  /// What the hash was at some time.
  record Mark(long first, long second) {}

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FIRST_FACTOR = 0x9e3779b97f4a7c15L;
  private static final long SECOND_FACTOR = 0xd6e8feb86659fd93L;

  private long first = 0x243f6a8885a308d3L;
  private long second = 0x13198a2e03707344L;

  @Override
  public void write(int value) {
    add(value & 0xff, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    for (; at + 2 * Long.BYTES <= end; at += 2 * Long.BYTES) {
      add((long) LONGS.get(bytes, at), (long) LONGS.get(bytes, at + Long.BYTES));
    }
    for (; at < end; at++) {
      add(bytes[at] & 0xff, 1);
    }
  }

  private void add(long one, long other) {
    first = Long.rotateLeft((first ^ one) * FIRST_FACTOR, 29) + second;
    second = Long.rotateLeft((second ^ other) * SECOND_FACTOR, 31) ^ one;
  }

  /// {@return what this is now, to come back to}
  Mark mark() {
    return new Mark(first, second);
  }

  /// Forgets what was written since then.
  void backTo(Mark mark) {
    first = mark.first();
    second = mark.second();
  }

  /// {@return the hash of all bytes so far}
  long value() {
    long mixed = (first ^ (first >>> 32)) * FIRST_FACTOR + second;
    return (mixed ^ (mixed >>> 29)) * SECOND_FACTOR;
  }
}
