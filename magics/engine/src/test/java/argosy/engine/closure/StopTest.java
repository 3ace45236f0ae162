package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.StopPoint;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Shipped code ends when it is to be stopped, whatever it does.
@Timeout(60)
class StopTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  static Stream<List<String>> endless() {
    return Stream.of(
        List.of("Callable<Object> f = () -> { while (true) {} };"),
        List.of("Callable<Object> f = () -> { for (long i = 0; ; i++) { if (i < 0) return i; } };"),
        List.of(
            "Callable<Object> f = () -> { long n = 0; do { n += 2; } while (n % 2 == 0); return n; };"),
        List.of(
            "int a(int x) { return x > 0 ? b(x) : 0; }\nint b(int x) { return a(x + 1 > 1000 ? 1 : x + 1) + c(); }\nint c() { return 1; }",
            "Callable<Object> f = () -> { for (int i = 1; i > 0; i = Math.abs(i) % 7 + 1) { try { a(1); } catch (StackOverflowError e) { } } return 1; };"),
        List.of(
            "Callable<Object> f = () -> { while (true) { try { while (true) {} } catch (RuntimeException e) { } finally { Math.abs(1); } } };"),
        List.of(
            "Callable<Object> f = () -> LongStream.iterate(1, i -> i + 1).filter(i -> i < 0).findFirst();"),
        List.of(
            "Callable<Object> f = () -> { int s = 0; while (true) { switch (s) { case 0: s = 1; continue; case 1: s = 2; continue; default: s = 0; } } };"));
  }

  @ParameterizedTest
  @MethodSource("endless")
  void endsWithinItsLoop(List<String> cells) throws Throwable {
    NOTEBOOK.forget();
    Shipment shipment = Shipment.of(NOTEBOOK, NOTEBOOK.run(cells.toArray(String[]::new)));
    CountDownLatch starting = new CountDownLatch(1);
    FutureTask<@Nullable Throwable> outcome =
        new FutureTask<>(() -> {
          starting.countDown();
          try {
            shipment.run();
            return null;
          } catch (Throwable e) {
            return e;
          }
        });
    Thread thread = new Thread(outcome, "endless");
    thread.setDaemon(true);
    thread.start();
    starting.await();
    StopPoint.stop(thread);
    try {
      assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(StopPoint.Stopped.class);
    } finally {
      StopPoint.clear();
    }
  }
}
