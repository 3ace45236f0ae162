package argosy.engine.threads;

import org.jspecify.annotations.Nullable;

/// The threads of one process.
///
/// @param worker its number, or 0 for what is no worker
/// @param pid the process, or -1 if it has none
/// @param jvm what its Java code may use, or null if it has not answered yet
/// @param natives what its native libraries may use, or null if unknown
/// @param cpu what it uses, or null if unknown
public record ThreadUse(
    int worker,
    long pid,
    @Nullable JvmThreads jvm,
    @Nullable NativeThreads natives,
    @Nullable CpuUse cpu) {

  /// {@return how many threads its Java code may run at a time; one, if nobody knows more}
  public int javaAtATime() {
    return jvm == null ? 1 : jvm.atATime();
  }

  /// {@return how many threads its native libraries may run at a time; none, if nobody knows more}
  ///
  /// @param processors how many there are
  public int nativeAtATime(int processors) {
    return natives == null ? 0 : natives.atATime(processors);
  }

  /// {@return how many threads may run at a time: while a native library computes for a task, its
  /// Java code waits}
  ///
  /// @param processors how many there are
  public int atATime(int processors) {
    return Math.max(javaAtATime(), nativeAtATime(processors));
  }
}
