package argosy.wire;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The task that a thread runs, in whichever process: it knows its random numbers, and that calls
/// made inside it run inline. Confined to the thread that runs it.
public final class CurrentTask {

  private static final ThreadLocal<@Nullable CurrentTask> CURRENT = new ThreadLocal<>();

  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  /// In a process that only runs tasks: the one thread that does, and the task that it runs. A
  /// thread-local would cost it more than a short task takes, because its task leaves none behind.
  private static volatile @Nullable Thread runner;

  private static @Nullable CurrentTask ofRunner;

  private final long seed;
  private @Nullable SplittableRandom random;
  private long nestedJobs;
  private boolean keepsSurroundings;

  /// A task with the random numbers that `seed` stands for.
  public CurrentTask(long seed) {
    this.seed = seed;
  }

  /// {@return the task that the calling thread runs, or null}
  public static @Nullable CurrentTask get() {
    return isRunner() ? ofRunner : CURRENT.get();
  }

  @SuppressWarnings("ReferenceEquality") // the very thread
  private static boolean isRunner() {
    return Thread.currentThread() == runner;
  }

  /// Says which task the calling thread runs from now on, and returns the one so far.
  ///
  /// @param task null for none
  public static @Nullable CurrentTask enter(@Nullable CurrentTask task) {
    if (isRunner()) {
      CurrentTask before = ofRunner;
      ofRunner = task;
      return before;
    }
    CurrentTask outer = CURRENT.get();
    // Null as well: to remove it would cost more than a short task takes.
    CURRENT.set(task);
    return outer;
  }

  /// {@return whether the calling thread belongs to a task, or to a process that only runs tasks}
  public static boolean isInside() {
    return runner != null || CURRENT.get() != null;
  }

  /// Says that all code of this process belongs to tasks, which the calling thread runs.
  public static void markWorkerProcess() {
    runner = Thread.currentThread();
  }

  /// Says that the locale, the time zone and the system properties that this task leaves are meant
  /// for those after it.
  public void keepSurroundings() {
    keepsSurroundings = true;
  }

  /// {@return whether somebody has said so}
  public boolean keepsSurroundings() {
    return keepsSurroundings;
  }

  /// {@return this task's own stream of random numbers}
  public SplittableRandom random() {
    SplittableRandom stream = random;
    if (stream == null) {
      stream = new SplittableRandom(seed);
      random = stream;
    }
    return stream;
  }

  /// {@return a seed for a job that this task starts: the n-th one gets the same in every run}
  public long nestedSeed() {
    return seedOf(seed, --nestedJobs);
  }

  /// {@return what stands for the job's seed where only its tasks from `first` on are known,
  /// counted from 0: `seedOf(seedFrom(seed, first), i)` is `seedOf(seed, first + i)`}
  public static long seedFrom(long jobSeed, long first) {
    return jobSeed + GAMMA * first;
  }

  /// {@return the seed of a job's task: depends on nothing but the two numbers, and spreads
  /// neighboring ones}
  public static long seedOf(long jobSeed, long index) {
    long z = jobSeed + GAMMA * (index + 1);
    z = (z ^ (z >>> 32)) * 0xd6e8feb86659fd93L;
    z = (z ^ (z >>> 32)) * 0xd6e8feb86659fd93L;
    return z ^ (z >>> 32);
  }
}
