package argosy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much faster a function gets with more workers, measured on a sample of its inputs: what
/// [Parallel#choose] returns. Prints as a table with its advice; a notebook also draws it.
///
/// @param tasks how many inputs each run had
/// @param loopSeconds how long a plain loop on the calling thread took
/// @param measurements one for each backend and number of workers, by backend, then by number
/// @param notes what could not be measured, and why
public record Scaling(
    int tasks, double loopSeconds, List<Measurement> measurements, List<String> notes) {

  /// A few percent are no reason to take more workers, or another backend.
  private static final double WORTH_IT = 0.95;

  /// One run over the sample, the median of several.
  ///
  /// @param backend `threads` or `processes`
  /// @param workers how many took part
  /// @param seconds how long it took
  public record Measurement(String backend, int workers, double seconds) {}

  /// Copies and sorts.
  public Scaling {
    List<Measurement> sorted = new ArrayList<>(measurements);
    sorted.sort(
        Comparator.comparing(Measurement::backend)
            .reversed()
            .thenComparingInt(Measurement::workers));
    measurements = List.copyOf(sorted);
    notes = List.copyOf(notes);
  }

  /// {@return how many times faster than the plain loop it was}
  public double speedup(Measurement measurement) {
    return loopSeconds / measurement.seconds();
  }

  /// {@return the backend to use: `threads`, `processes`, or `sequential` if neither is worth it}
  public String backend() {
    Measurement best = best();
    return best == null ? "sequential" : best.backend();
  }

  /// {@return how many workers to use: as few as get within five percent of the fastest run}
  public int workers() {
    Measurement best = best();
    return best == null ? 1 : best.workers();
  }

  private @Nullable Measurement best() {
    double fastest =
        measurements.stream().mapToDouble(Measurement::seconds).min().orElse(Double.MAX_VALUE);
    return measurements.stream()
        .filter(one -> one.seconds() * WORTH_IT <= fastest)
        .filter(one -> one.seconds() <= loopSeconds * WORTH_IT)
        .min(Comparator.comparingInt(Measurement::workers))
        .orElse(null);
  }

  /// {@return the part of the work, from 0 to 1, that more workers do not make faster: what fits
  /// Amdahl's law, `time(n) = time(1) * (serial + (1 - serial) / n)`, best}
  ///
  /// @throws IllegalArgumentException if the backend was not measured with one worker and with more
  public double serialFraction(String backend) {
    List<Measurement> own = of(backend);
    if (own.size() < 2 || own.getFirst().workers() != 1) {
      throw new IllegalArgumentException(
          "'%s' was not measured with one worker and with more".formatted(backend));
    }
    double one = own.getFirst().seconds();
    double product = 0;
    double squares = 0;
    for (Measurement measurement : own) {
      double parallel = 1 - 1.0 / measurement.workers();
      product += (measurement.seconds() / one - 1.0 / measurement.workers()) * parallel;
      squares += parallel * parallel;
    }
    return Math.clamp(product / squares, 0, 1);
  }

  /// {@return the measurements of one backend, by the number of workers}
  List<Measurement> of(String backend) {
    return measurements.stream().filter(one -> one.backend().equals(backend)).toList();
  }

  /// {@return the measured backends, with how much of the work each leaves to one worker}
  Map<String, Double> serialFractions() {
    Map<String, Double> fractions = new TreeMap<>(Comparator.reverseOrder());
    for (Measurement measurement : measurements) {
      if (measurement.workers() > 1) {
        fractions.put(measurement.backend(), serialFraction(measurement.backend()));
      }
    }
    return fractions;
  }

  /// {@return what a task costs on one worker beyond its own work, in microseconds}
  public double overheadMicros(String backend) {
    List<Measurement> own = of(backend);
    if (own.isEmpty()) {
      throw new IllegalArgumentException("'%s' was not measured".formatted(backend));
    }
    return Math.max(0, (own.getFirst().seconds() - loopSeconds) / tasks * 1e6);
  }

  /// {@return the advice in one sentence}
  public String advice() {
    Measurement best = best();
    if (best == null) {
      boolean isFaster =
          measurements.stream().allMatch(one -> loopSeconds < one.seconds() * WORTH_IT);
      return "A plain loop is " + (isFaster ? "faster" : "as fast") + "; leave it.";
    }
    return String.format(
        Locale.ROOT,
        "Use .backend(\"%s\").workers(%d): %.1f times as fast as a plain loop.",
        best.backend(),
        best.workers(),
        speedup(best));
  }

  /// {@return the speed-up by the number of workers as an SVG picture, with the fitted curves and
  /// the ideal line}
  public String svg() {
    return new ScalingChart(this).svg();
  }

  /// {@return a table, the fit, and the advice}
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("%d tasks, a plain loop takes %s%n".formatted(tasks, time(loopSeconds)));
    text.append("backend     workers        time   speed-up%n".formatted());
    for (Measurement one : measurements) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-10s  %7d  %10s  %9.2f%n",
              one.backend(),
              one.workers(),
              time(one.seconds()),
              speedup(one)));
    }
    serialFractions()
        .forEach((backend, fraction) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s: %.0f %% of the work does not get faster (Amdahl)%n",
                    backend,
                    100 * fraction)));
    notes.forEach(note -> text.append(note).append(System.lineSeparator()));
    return text.append(advice()).toString();
  }

  private static String time(double seconds) {
    return seconds < 0.01
        ? String.format(Locale.ROOT, "%.0f µs", seconds * 1e6)
        : seconds < 1
            ? String.format(Locale.ROOT, "%.0f ms", seconds * 1e3)
            : String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
