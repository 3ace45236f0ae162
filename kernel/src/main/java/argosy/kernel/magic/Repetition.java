package argosy.kernel.magic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Measures code that is warm.
///
/// Each value is written to a field in a way that the compiler must not leave out, so that the work
/// behind it is not left out either.
final class Repetition {

  private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final VarHandle SINK;

  static {
    try {
      SINK = MethodHandles.lookup().findVarHandle(Repetition.class, "sink", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Callable<?> code;

  @SuppressWarnings("unused") // Written through SINK.
  private @Nullable Object sink;

  Repetition(Callable<?> code) {
    this.code = code;
  }

  /// Warms up and measures.
  ///
  /// @param calls how many calls make a run, or 0 to find out
  /// @return what was found, in one line
  /// @throws Exception whatever the code threw
  String measure(int calls, int runs) throws Exception {
    long warmUpStart = System.nanoTime();
    long warmUpCalls = 0;
    long batch = 1;
    long batchNanos = 0;
    while (System.nanoTime() - warmUpStart < WARM_UP_NANOS) {
      batchNanos = run(batch);
      warmUpCalls += batch;
      if (batchNanos < WARM_UP_NANOS / 20) {
        batch *= 2;
      }
    }
    long perRun =
        calls > 0 ? calls : Math.max(1, Math.round((double) RUN_NANOS * batch / batchNanos));
    double[] nanos = new double[runs];
    for (int i = 0; i < runs; i++) {
      nanos[i] = (double) run(perRun) / perRun;
    }
    return text(nanos, perRun, warmUpCalls);
  }

  private long run(long calls) throws Exception {
    if (Thread.interrupted()) {
      throw new InterruptedException("the measurement was interrupted");
    }
    long start = System.nanoTime();
    for (long i = 0; i < calls; i++) {
      SINK.setOpaque(this, code.call());
    }
    return System.nanoTime() - start;
  }

  private static String text(double[] nanos, long perRun, long warmUpCalls) {
    double mean = DoubleStream.of(nanos).average().orElse(0);
    double best = DoubleStream.of(nanos).min().orElse(0);
    double squares = DoubleStream.of(nanos).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = nanos.length < 2 ? 0 : Math.sqrt(squares / (nanos.length - 1));
    return String.format(
        Locale.ROOT,
        "best %s, mean %s ± %s per call (%d %s of %,d %s, after %,d to warm up)",
        Nanos.text(best),
        Nanos.text(mean),
        Nanos.text(deviation),
        nanos.length,
        nanos.length == 1 ? "run" : "runs",
        perRun,
        perRun == 1 ? "call" : "calls",
        warmUpCalls);
  }
}
