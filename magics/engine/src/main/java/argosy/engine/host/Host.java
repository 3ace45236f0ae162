package argosy.engine.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The process that the engine lives in: a notebook's kernel or a plain `main`. Safe from any
/// thread.
public interface Host {

  /// {@return the class file of a class that workers cannot find on their class path, as compiled;
  /// for every other class nothing; not to be written to}
  Optional<byte[]> classBytes(Class<?> type);

  /// {@return every living class of this name that has [#classBytes], the newest first}
  List<Class<?>> classesNamed(String name);

  /// {@return the whole name of the class that the notebook's cells call so now, `$` before what is
  /// nested}
  default Optional<String> declared(String name) {
    return Optional.empty();
  }

  /// {@return whether the static initialiser of a class that has [#classBytes] has run or is
  /// running}
  boolean isInitialized(Class<?> type);

  /// {@return whether the statics of a class that has [#classBytes] live on the workers: its code
  /// was made to run there}
  default boolean isResident(Class<?> type) {
    return false;
  }

  /// {@return the loader that finds everything that the caller's code sees}
  ClassLoader loader();

  /// {@return the jars and folders that workers search besides Argosy's own}
  List<Path> classPath();

  /// Calls a listener with each addition to [#classPath], on the thread that makes it.
  void onClassPathAddition(Consumer<List<Path>> listener);

  /// {@return where the output of tasks goes that the calling thread starts now; usable as long as
  /// they run}
  TaskOutput output();

  /// Calls a hook each time the user interrupts what runs, on any thread; must not block.
  void onInterrupt(Runnable hook);

  /// Makes cell code that a thread of this process runs end at its next stop check.
  void stop(Thread thread);

  /// Takes back a [#stop], so that what the thread runs next is not ended by it.
  default void withdrawStop(Thread thread) {}

  /// {@return what tells one cell's jobs from another's: equal for all calls from one cell}
  Object scope();

  /// Makes the calling thread, and each that it starts from now on, work for a scope: what they
  /// print appears there.
  ///
  /// @param scope null for none
  default void workFor(@Nullable Object scope) {}

  /// {@return what the user calls a [#scope], such as `Cell [3]`}
  default String nameOf(Object scope) {
    return String.valueOf(scope);
  }

  /// Tells the user of something in the code whose task is about to start that may not do what was
  /// meant.
  ///
  /// @param lines each ending in a line feed
  default void notice(String lines) {}

  /// {@return what shows the progress of a job that the calling thread starts now}
  ///
  /// @param label what the user calls it
  /// @param total how many inputs there are, or -1 if nobody knows
  default ProgressDisplay progress(String label, long total) {
    return new PrintedProgress(output(), label, total);
  }
}
