package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Values in each other, of which each asks for as much room as all bytes together are worth.
@Timeout(60)
class HostileNestingTest {

  private static final int LEVELS = 300;
  private static final int REST = 200_000;

  /// What honest bytes of this length would be worth, and the bookkeeping.
  private static final long ALLOWED_BYTES = 128 << 20;

  private final Output out = new Output(1 << 10, -1);
  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private void open(Class<?> type) {
    out.writeVarInt(GraphWriter.NEW, true);
    if (type.isArray()) {
      out.writeVarInt(GraphWriter.CLASS_ARRAY, true);
      type = type.getComponentType();
    }
    out.writeVarInt(GraphWriter.CLASS_BY_NAME, true);
    out.writeString(type.getName());
  }

  private byte[] bytes() {
    out.writeVarInt(GraphWriter.NULL, true);
    out.writeBytes(new byte[REST]);
    return out.toBytes();
  }

  private void assertThatItIsCheap(Runnable reading) {
    long before = threads.getCurrentThreadAllocatedBytes();
    reading.run();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOWED_BYTES);
  }

  @Test
  void anArrayHasNoRoomForWhatTheArraysAroundItStillNeed() {
    for (int i = 0; i < LEVELS; i++) {
      open(Object[].class);
      out.writeVarInt(REST, true);
    }
    assertThatNoneIsRead(bytes());
  }

  @Test
  void norHasAList() {
    for (int i = 0; i < LEVELS; i++) {
      open(ArrayList.class);
      out.writeVarInt(REST, true);
      out.writeVarInt(REST, true);
    }
    assertThatNoneIsRead(bytes());
  }

  private void assertThatNoneIsRead(byte[] bytes) {
    assertThatItIsCheap(() ->
        assertThatThrownBy(() -> new GraphReader(Copies.BY_NAME, bytes).read())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("the bytes are damaged: " + REST + " elements announced"));
  }

  @Test
  void tablesShareTheSlotsThatTheBytesAreWorth() {
    for (int i = 0; i < LEVELS; i++) {
      open(HashSet.class);
      out.writeVarInt(1 << 23, true);
      out.writeVarInt(1, true);
    }
    byte[] bytes = bytes();

    assertThatItIsCheap(() -> {
      int depth = 0;
      Object value = new GraphReader(Copies.BY_NAME, bytes).read();
      for (; value instanceof Set<?> set; depth++) {
        value = set.iterator().next();
      }
      assertThat(depth).isEqualTo(LEVELS);
    });
  }
}
