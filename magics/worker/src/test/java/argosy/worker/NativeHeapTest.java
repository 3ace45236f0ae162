package argosy.worker;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.memory.JdkAccess;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeHeapTest {

  private static final int COUNT = 5000;
  private static final int BYTES = 20_000;

  private static final MethodHandle ALLOCATE =
      JdkAccess.unsafe("allocateMemory", MethodType.methodType(long.class, long.class));
  private static final MethodHandle FREE =
      JdkAccess.unsafe("freeMemory", MethodType.methodType(void.class, long.class));
  private static final MethodHandle FILL =
      JdkAccess.unsafe(
          "setMemory", MethodType.methodType(void.class, long.class, long.class, byte.class));

  @Test
  @EnabledOnOs(OS.LINUX)
  void givesBackWhatLiesBetweenThingsThatAreInUse() throws Throwable {
    List<Long> used = new ArrayList<>();
    List<Long> free = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      long address = (long) ALLOCATE.invokeExact((long) BYTES);
      FILL.invokeExact(address, (long) BYTES, (byte) 1);
      (i % 50 == 0 ? used : free).add(address);
    }
    release(free);
    long before = ownBytes();

    NativeHeap.trim();

    assertThat(before - ownBytes()).isGreaterThan((long) COUNT * BYTES / 2);
    release(used);
  }

  private static void release(List<Long> addresses) throws Throwable {
    for (long address : addresses) {
      FREE.invokeExact(address);
    }
  }

  private static long ownBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 4);
    return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * ZeroPages.PAGE_BYTES;
  }
}
