package argosy.engine.threads;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How many threads a native mathematics library that this process has loaded may start, where the
/// library has functions to say and to change that. Safe from any thread.
/*
 * Several limits at a time. OpenMP keeps a number for each thread that calls it, the others one for the
 * process. So whoever shares a number shares what was there before the first of them came: the least
 * of their limits holds, and what was there comes back when the last of them goes, in whatever order.
 */
public final class LibraryThreads {

  /// How a kind of library calls the two functions.
  ///
  /// @param isOfThread whether the number holds for the calling thread only
  private record Names(String set, String get, boolean isOfThread) {}

  private static final List<Names> NAMES =
      List.of(
          new Names("openblas_set_num_threads", "openblas_get_num_threads", false),
          new Names("openblas_set_num_threads64_", "openblas_get_num_threads64_", false),
          new Names("MKL_Set_Num_Threads", "MKL_Get_Max_Threads", false),
          new Names("bli_thread_set_num_threads", "bli_thread_get_num_threads", false),
          new Names("omp_set_num_threads", "omp_get_max_threads", true));

  private static final FunctionDescriptor SET = FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT);
  private static final FunctionDescriptor GET = FunctionDescriptor.of(ValueLayout.JAVA_INT);

  private static final Map<Path, Optional<LibraryThreads>> KNOWN = new ConcurrentHashMap<>();

  private final MethodHandle set;
  private final MethodHandle get;
  private final boolean isOfThread;

  /// By thread, or by none if the number is the process's. Guarded by this.
  private final Map<Long, Limits> limits = new ConcurrentHashMap<>();

  private record Limits(int before, List<Integer> most) {

    int least() {
      return most.stream().mapToInt(each -> each).reduce(before, Math::min);
    }
  }

  private LibraryThreads(MethodHandle set, MethodHandle get, boolean isOfThread) {
    this.set = set;
    this.get = get;
    this.isOfThread = isOfThread;
  }

  /// Keeps the libraries that are loaded now from starting more threads than this, for calls of the
  /// calling thread at least.
  ///
  /// @return ends that; to be closed by the same thread
  public static Limit limit(int most) {
    List<LibraryThreads> limited = new ArrayList<>();
    for (Path file :
        new ProcessFiles(Path.of("/proc")).mathematics(ProcessHandle.current().pid())) {
      KNOWN
          .computeIfAbsent(file, LibraryThreads::find)
          .ifPresent(library -> {
            library.enter(most);
            limited.add(library);
          });
    }
    return () -> limited.forEach(library -> library.leave(most));
  }

  /// A limit that holds until it is closed.
  @FunctionalInterface
  public interface Limit extends AutoCloseable {
    @Override
    void close();
  }

  @SuppressWarnings("restricted") // foreign calls are what this is for
  private static Optional<LibraryThreads> find(Path file) {
    SymbolLookup symbols;
    try {
      symbols = SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // its file has gone, or is another one
    }
    Linker linker = Linker.nativeLinker();
    for (Names names : NAMES) {
      MemorySegment set = symbols.find(names.set()).orElse(null);
      MemorySegment get = symbols.find(names.get()).orElse(null);
      if (set != null && get != null) {
        return Optional.of(
            new LibraryThreads(
                linker.downcallHandle(set, SET),
                linker.downcallHandle(get, GET),
                names.isOfThread()));
      }
    }
    return Optional.empty();
  }

  private synchronized void enter(int most) {
    Limits now = limits.get(key());
    if (now == null) {
      now = new Limits(get(), new ArrayList<>());
      limits.put(key(), now);
    }
    now.most().add(most);
    set(now.least());
  }

  private synchronized void leave(int most) {
    Limits now = limits.get(key());
    if (now == null || !now.most().remove(Integer.valueOf(most))) {
      throw new IllegalStateException("a limit of threads is closed by the thread that has set it");
    }
    if (now.most().isEmpty()) {
      limits.remove(key());
    }
    set(now.least());
  }

  private long key() {
    return isOfThread ? Thread.currentThread().threadId() : 0;
  }

  private int get() {
    try {
      return (int) get.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private void set(int threads) {
    try {
      set.invokeExact(threads);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(@Nullable Throwable e) {
    return new IllegalStateException("a function of a native library has thrown", e);
  }
}
