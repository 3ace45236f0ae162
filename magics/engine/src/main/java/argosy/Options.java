package argosy;

import argosy.wire.TimeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How tasks are to run, as far as somebody said so. Immutable: each method returns a new value.
///
/// Start from [Parallel#options()]; use with [Parallel#with], or through [Over].
///
/// @param backend `processes`, `threads` or `sequential`
/// @param workers how many workers take part; there will be at least so many
/// @param batch how many inputs a worker is given at a time
/// @param retries how often a task is tried again, perhaps 0
/// @param retryOn which exceptions of a task are worth a retry, besides the loss of its worker
/// @param timeout how long each task may run
/// @param isUnordered whether results may come in the order in which they are there
/// @param progress what the progress of the job is shown as
/// @param seed where the random numbers of the tasks come from
public record Options(
    @Nullable String backend,
    @Nullable Integer workers,
    @Nullable Integer batch,
    @Nullable Integer retries,
    List<Class<? extends Throwable>> retryOn,
    @Nullable Duration timeout,
    @Nullable Boolean isUnordered,
    @Nullable String progress,
    @Nullable Long seed) {

  static final Options NONE =
      new Options(null, null, null, null, List.of(), null, null, null, null);

  /// Checks and copies.
  ///
  /// @throws IllegalArgumentException if a number is less than 1, or for the retries less than 0,
  ///   or the timeout not positive
  public Options {
    atLeast(1, "workers", workers);
    atLeast(1, "batch", batch);
    atLeast(0, "retries", retries);
    retryOn = List.copyOf(retryOn);
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException(
          "the timeout is " + TimeText.of(timeout) + "; it must be positive");
    }
  }

  private static void atLeast(int least, String name, @Nullable Integer value) {
    if (value != null && value < least) {
      throw new IllegalArgumentException(
          "%s is %d; it must be %d or more".formatted(name, value, least));
    }
  }

  /// Where tasks run: `processes`, `threads` or `sequential`.
  public Options backend(String backend) {
    return new Options(
        Objects.requireNonNull(backend, "backend is null"),
        workers,
        batch,
        retries,
        retryOn,
        timeout,
        isUnordered,
        progress,
        seed);
  }

  /// How many workers take part.
  public Options workers(int workers) {
    return new Options(
        backend, workers, batch, retries, retryOn, timeout, isUnordered, progress, seed);
  }

  /// How many inputs a worker is given at a time.
  public Options batch(int batch) {
    return new Options(
        backend, workers, batch, retries, retryOn, timeout, isUnordered, progress, seed);
  }

  /// How often a task is tried again whose worker was lost, or that threw what [#retryOn] names.
  public Options retries(int retries) {
    return new Options(
        backend, workers, batch, retries, retryOn, timeout, isUnordered, progress, seed);
  }

  /// Which exceptions of a task are worth a retry too; without [#retries(int)], one.
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is copied
  public final Options retryOn(Class<? extends Throwable>... types) {
    return new Options(
        backend,
        workers,
        batch,
        retries,
        Arrays.asList(types),
        timeout,
        isUnordered,
        progress,
        seed);
  }

  /// How long each task may run, from when it starts.
  public Options timeout(Duration timeout) {
    return new Options(
        backend,
        workers,
        batch,
        retries,
        retryOn,
        Objects.requireNonNull(timeout, "timeout is null"),
        isUnordered,
        progress,
        seed);
  }

  /// Results come in the order in which they are there.
  public Options unordered() {
    return new Options(backend, workers, batch, retries, retryOn, timeout, true, progress, seed);
  }

  /// The progress of a job is shown, under this name.
  public Options progress(String label) {
    return new Options(
        backend,
        workers,
        batch,
        retries,
        retryOn,
        timeout,
        isUnordered,
        Objects.requireNonNull(label, "label is null"),
        seed);
  }

  /// [Parallel#random()] yields the same numbers in every run.
  public Options seed(long seed) {
    return new Options(
        backend, workers, batch, retries, retryOn, timeout, isUnordered, progress, seed);
  }

  /// {@return what these say, and nothing of what they leave open}
  @Override
  public String toString() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("backend", backend);
    all.put("workers", workers);
    all.put("batch", batch);
    all.put("retries", retries);
    all.put("retryOn", retryOn.isEmpty() ? null : names(retryOn));
    all.put("timeout", timeout == null ? null : TimeText.of(timeout));
    all.put("unordered", isUnordered);
    all.put("progress", progress);
    all.put("seed", seed);
    return all.entrySet().stream()
        .filter(each -> each.getValue() != null)
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(", ", "Options[", "]"));
  }

  private static String names(List<Class<? extends Throwable>> types) {
    return types.stream().map(Class::getSimpleName).toList().toString();
  }

  /// {@return what these say, and where they say nothing, what `defaults` say}
  Options over(Options defaults) {
    return new Options(
        backend != null ? backend : defaults.backend,
        workers != null ? workers : defaults.workers,
        batch != null ? batch : defaults.batch,
        retries != null ? retries : defaults.retries,
        !retryOn.isEmpty() ? retryOn : defaults.retryOn,
        timeout != null ? timeout : defaults.timeout,
        isUnordered != null ? isUnordered : defaults.isUnordered,
        progress != null ? progress : defaults.progress,
        seed != null ? seed : defaults.seed);
  }
}
