package argosy.engine.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the system which pages of this process's memory have been written, whoever wrote them: Java
/// code, the garbage collector, or a native library. Linux tells since 6.7. Safe from any thread.
/*
 * The system takes the right to write a page away, and notes the first write to it before it gives the
 * right back, by itself: nobody but that write waits, for one or two microseconds. That is the
 * asynchronous write protection of userfaultfd(2); PAGEMAP_SCAN of /proc/self/pagemap reads the notes and
 * takes the right away again in one step. Memory that was unmapped meanwhile is not watched any more, and
 * asking for it is an error; pages that were given back count as written.
 */
final class WrittenPages {

  /// Bytes from an address to another, which is not one of them.
  record Span(long from, long to) {

    boolean overlaps(Span other) {
      return from < other.to && other.from < to;
    }
  }

  /// A multiple of every page size.
  static final long ALIGNMENT = 1 << 16;

  private static final long API = 0xc018_aa3fL;
  private static final long REGISTER = 0xc020_aa00L;
  private static final long UNREGISTER = 0x8010_aa01L;
  private static final long SCAN = 0xc060_6610L;

  private static final long API_VERSION = 0xaa;
  private static final long ASYNCHRONOUS =
      1 << 0 | 1 << 13 | 1 << 15; // of written, also of absent pages
  private static final long PROTECTS_WRITES = 1 << 1;
  private static final long PROTECTS_AGAIN_AND_ONLY_WATCHED = 1 << 0 | 1 << 1;
  private static final long IS_WRITTEN = 1 << 1;

  private static final int USER_MODE_ONLY = 1;
  private static final int CLOSE_ON_EXEC = 1 << 19;

  /// Who wrote to more places than these has written all of it, so to speak.
  private static final int MOST_SPANS = 128;

  private static final class Found {
    static final @Nullable WrittenPages PAGES = open();
  }

  private final MethodHandle control;
  private final MethodHandle addressOf;
  private final int faults;
  private final int pageMap;

  private WrittenPages(MethodHandle control, MethodHandle addressOf, int faults, int pageMap) {
    this.control = control;
    this.addressOf = addressOf;
    this.faults = faults;
    this.pageMap = pageMap;
  }

  /// {@return what tells, or null if this system does not, or not this process}
  static @Nullable WrittenPages ofThisProcess() {
    return Found.PAGES;
  }

  /// Begins to note writes to whole pages.
  ///
  /// @return whether the system does
  boolean watch(Span pages) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment wish =
          longs(arena, pages.from(), pages.to() - pages.from(), PROTECTS_WRITES, 0);
      if (control(faults, REGISTER, wish) == 0) {
        if (written(pages) != null) {
          return true;
        }
        forget(pages);
      }
      return false;
    }
  }

  /// Notes no more writes to these pages.
  void forget(Span pages) {
    try (Arena arena = Arena.ofConfined()) {
      control(faults, UNREGISTER, longs(arena, pages.from(), pages.to() - pages.from()));
    }
  }

  /// {@return what has been written since the last call, or since it is watched; null if that is
  /// not known or too much}
  @Nullable List<Span> written(Span pages) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(MOST_SPANS * 3L * Long.BYTES, Long.BYTES);
      MemorySegment question =
          longs(
              arena,
              12 * Long.BYTES,
              PROTECTS_AGAIN_AND_ONLY_WATCHED,
              pages.from(),
              pages.to(),
              0,
              found.address(),
              MOST_SPANS,
              0,
              0,
              IS_WRITTEN,
              0,
              IS_WRITTEN);
      int count = control(pageMap, SCAN, question);
      long end = question.getAtIndex(ValueLayout.JAVA_LONG, 4);
      if (count < 0 || end != pages.to()) {
        return null;
      }
      List<Span> spans = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        long from = found.getAtIndex(ValueLayout.JAVA_LONG, 3L * i);
        spans.add(new Span(from, found.getAtIndex(ValueLayout.JAVA_LONG, 3L * i + 1)));
      }
      return spans;
    }
  }

  /// {@return where the elements of an array are at this moment}
  ///
  /// @param array on the heap
  long addressOf(MemorySegment array) {
    try {
      return (long) addressOf.invokeExact(array, array, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("could not ask for an address", e);
    }
  }

  private int control(int descriptor, long request, MemorySegment argument) {
    try {
      return (int) control.invokeExact(descriptor, request, argument);
    } catch (Throwable e) {
      throw new IllegalStateException("could not ask for written pages", e);
    }
  }

  private static MemorySegment longs(Arena arena, long... values) {
    return arena.allocateFrom(ValueLayout.JAVA_LONG, values);
  }

  /// Tries it on some memory before anything depends on it.
  private boolean isTrustworthy(Arena arena) {
    MemorySegment memory = arena.allocate(4 * ALIGNMENT, ALIGNMENT).fill((byte) 1);
    Span all = new Span(memory.address(), memory.address() + memory.byteSize());
    if (!watch(all)) {
      return false;
    }
    try {
      boolean isQuiet = List.of().equals(written(all));
      long at = 2 * ALIGNMENT;
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) 2);
      List<Span> found = written(all);
      return isQuiet
          && found != null
          && found.size() == 1
          && found.getFirst().from() == all.from() + at
          && List.of().equals(written(all));
    } finally {
      forget(all);
    }
  }

  private static @Nullable WrittenPages open() {
    int call =
        switch (System.getProperty("os.name") + " " + System.getProperty("os.arch")) {
          case "Linux amd64" -> 323;
          case "Linux aarch64" -> 282;
          default -> -1;
        };
    if (call < 0) {
      return null;
    }
    ValueLayout number = ValueLayout.JAVA_LONG;
    ValueLayout result = ValueLayout.JAVA_INT;
    MethodHandle control =
        function(
            "ioctl",
            FunctionDescriptor.of(result, result, number, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    // What it does not copy, it says where to: the one way to learn it without moving anything.
    MethodHandle addressOf =
        function(
            "memmove",
            FunctionDescriptor.of(number, ValueLayout.ADDRESS, ValueLayout.ADDRESS, number),
            Linker.Option.critical(true));
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle open =
          function(
              "open",
              FunctionDescriptor.of(result, ValueLayout.ADDRESS, result),
              Linker.Option.firstVariadicArg(2));
      int pageMap = (int) open.invokeExact(arena.allocateFrom("/proc/self/pagemap"), CLOSE_ON_EXEC);
      MethodHandle system =
          function(
              "syscall",
              FunctionDescriptor.of(number, number, result),
              Linker.Option.firstVariadicArg(1));
      int faults = (int) (long) system.invokeExact((long) call, CLOSE_ON_EXEC | USER_MODE_ONLY);
      WrittenPages pages = new WrittenPages(control, addressOf, faults, pageMap);
      boolean agreed =
          pageMap >= 0
              && faults >= 0
              && pages.control(faults, API, longs(arena, API_VERSION, ASYNCHRONOUS, 0)) == 0
              && pages.isTrustworthy(arena);
      return agreed ? pages : null;
    } catch (Throwable e) {
      return null; // an older system, or one that does not let its users ask
    }
  }

  private static MethodHandle function(
      String name, FunctionDescriptor signature, Linker.Option option) {
    return SystemLibrary.find(name, signature, option).orElseThrow();
  }
}
