package argosy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.LocalEngine;
import argosy.engine.pool.Footprint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Shared memory, as other processes see it.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SharedIT {

  @BeforeEach
  void start() {
    Engine.install(new LocalEngine());
  }

  @AfterEach
  void stop() {
    Engine.current().close();
  }

  /// Attaches what is published as its argument, adds one to each element, publishes its own, says
  /// so, and waits.
  public static final class Other {

    private Other() {}

    /// Prints one line when it has.
    public static void main(String[] args) throws Exception {
      Shared.Longs numbers = Shared.attach(args[0], Shared.Longs.class);
      for (long i = 0; i < numbers.length(); i++) {
        numbers.set(i, numbers.get(i) + 1);
      }
      Shared.Doubles own = Shared.of(new double[] {numbers.get(0), 2.5});
      own.publish(args[1]);
      System.out.println("ready");
      System.out.flush();
      Thread.sleep(600_000);
    }
  }

  private static Process other(String attach, String publish) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            attach,
            publish)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void tasksWriteThePartsThatTheyAreGiven() {
    try (SharedMatrix.Doubles matrix = Shared.doubles(100, 30)) {
      List<Long> rows =
          Parallel.map(
              matrix.parts(7),
              part -> {
                for (long i = 0; i < part.rows(); i++) {
                  for (long j = 0; j < part.columns(); j++) {
                    part.set(i, j, part.get(i, j) + 1);
                  }
                }
                return part.rows();
              });

      assertThat(rows).hasSize(7);
      assertThat(rows.stream().mapToLong(x -> x).sum()).isEqualTo(100);
      assertThat(matrix.elements().toArray()).containsOnly(1.0);
      assertThat(Parallel.map(matrix.eachRow(), Shared::length)).containsOnly(30L).hasSize(100);
    }
  }

  /// The worker that made it lets go of it, and is gone.
  @Test
  void aTaskReturnsWhatItMadeWithoutACopy() throws Exception {
    Task<SharedMatrix.Ints> made = Parallel.submit(() -> Shared.of(new int[][] {{1, 2}, {3, 4}}));
    Parallel.waitAll(List.of(made));
    Parallel.map(
        List.of(1, 2, 3),
        _ -> {
          System.gc();
          return 0;
        });

    SharedMatrix.Ints matrix = made.get();
    Engine.current().close();

    assertThat(matrix.toArray()).isDeepEqualTo(new int[][] {{1, 2}, {3, 4}});
  }

  @Test
  void whatATaskMadeIsPassedOnWhenItsMakerHasEnded() throws Exception {
    Shared.Ints made =
        Parallel.submit(
                () -> {
                  Shared.Ints zeros = Shared.ints(3);
                  zeros.set(0, (int) ProcessHandle.current().pid());
                  return zeros;
                })
            .get();
    ProcessHandle maker = ProcessHandle.of(made.get(0)).orElseThrow();
    assertThat(maker.isAlive()).isTrue();
    maker.destroyForcibly();
    maker.onExit().orTimeout(60, TimeUnit.SECONDS).join();

    Parallel.over(List.of(1, 2)).batch(1).forEach(i -> made.set(i, 10 * i));

    assertThat(made.toArray()).endsWith(10, 20);
    made.publish("passed-on");
    try (Shared.Ints again = Shared.attach("passed-on", Shared.Ints.class)) {
      assertThat(again.get(2)).isEqualTo(20);
    } finally {
      assertThat(Shared.unpublish("passed-on")).isTrue();
    }
    long before = descriptors();
    made.close();
    assertThat(descriptors()).isLessThan(before);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void aViewOfItsBufferTravelsAsACopy() throws Exception {
    try (Shared.Doubles shared = Shared.of(new double[] {1, 2, 3})) {
      DoubleBuffer buffer = shared.asByteBuffer().asDoubleBuffer();

      assertThat(Parallel.submit(() -> buffer.get(2)).get()).isEqualTo(3);
    }
  }

  @Test
  void tasksCountTogether() throws Exception {
    try (Shared.Longs count = Shared.longs(1);
        SharedList words = Shared.list("some", 1)) {
      Parallel.over(IntStream.range(0, 1_000)).batch(10).forEach(_ -> count.getAndAdd(0, 1));
      Parallel.submit(() -> words.set(0, "more")).get();

      assertThat(count.get(0)).isEqualTo(1_000);
      assertThat(words.toList()).containsExactly("more", 1);
    }
  }

  @Test
  @SuppressWarnings("try") // closing too early is what is tested
  void aTaskThatHasClosedItsViewIsToldSoAndHarmsNobody() {
    try (Shared.Doubles shared = Shared.of(new double[] {1, 2})) {
      Shared.Doubles closed = shared.slice(0, 2);
      assertThatThrownBy(() ->
              Parallel.map(
                  List.of(1),
                  _ -> {
                    closed.close();
                    return closed.get(0);
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      assertThat(Parallel.map(List.of(0, 1), i -> shared.get(i))).containsExactly(1.0, 2.0);
    }
  }

  @Test
  void aTaskIsToldWhenTheOwnerClosesWhatItReads() {
    Shared.Longs turn = Shared.longs(1);
    Shared.Doubles shared = Shared.of(new double[] {1, 2});
    Task<Double> reader =
        Parallel.submit(() -> {
          double sum = 0;
          while (true) {
            sum += shared.get(0);
            turn.set(0, 1);
          }
        });
    assertThat(Footprint.await(() -> turn.get(0) != 0)).isTrue();

    shared.close();

    assertThatThrownBy(reader::get)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> Parallel.submit(() -> shared.get(0)))
        .isInstanceOf(NotShippableException.class)
        .hasMessage("task -> captured value 1 -> Shared.Doubles: it was closed");
    turn.close();
  }

  @Test
  void anotherProcessFindsWhatIsPublished() throws Exception {
    String name = "argosy-test-" + ProcessHandle.current().pid();
    String theirs = name + ".theirs";
    try (Shared.Longs numbers = Shared.longs(1_000)) {
      numbers.publish(name);
      Process other = other(name, theirs);
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(other.getInputStream(), UTF_8))) {
        assertThat(out.readLine()).isEqualTo("ready");

        assertThat(numbers.toArray()).containsOnly(1);
        assertThat(Shared.names()).contains(name, theirs);
        Shared.Doubles attached = Shared.attach(theirs, Shared.Doubles.class);
        assertThat(attached.toArray()).containsExactly(1, 2.5);
        assertThat(attached.isReadOnly()).isTrue();
        assertThat(Parallel.map(List.of(1L), attached::get)).containsExactly(2.5);
        assertThatThrownBy(() -> Shared.attach(theirs, Shared.Ints.class))
            .isInstanceOf(ClassCastException.class)
            .hasMessageContaining("Shared.Doubles[2, read-only]");
      } finally {
        other.destroyForcibly().waitFor();
      }
      assertThat(Shared.names()).contains(name).doesNotContain(theirs);
      assertThatThrownBy(() -> Shared.attach(theirs))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("nothing is published");
    }
    assertThat(Shared.names()).doesNotContain(name);
  }
}
