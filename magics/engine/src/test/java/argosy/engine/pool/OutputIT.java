package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Engine;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What tasks print on workers, and what they do to the standard streams.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OutputIT {

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);

  @BeforeEach
  void install() {
    Engine.install(engine);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void use(int count) {
    engine.configure(new WorkerSettings(count, "processes", null, List.of()));
  }

  @Test
  void outputIsThereWithItsPrefixBeforeTheResultIs() throws Exception {
    use(1);

    Object unused =
        Parallel.submit(
                () -> {
                  System.out.println("one");
                  System.err.println("two");
                  System.out.print("unfinished ä");
                  Logger.getLogger("test").warning("logged");
                  return 1;
                })
            .get();

    assertThat(host.out()).isEqualTo("[worker 1] one\n[worker 1] unfinished ä\n");
    assertThat(host.err()).startsWith("[worker 1] two\n").contains("[worker 1] WARNING: logged\n");
    assertThat(unused).isEqualTo(1);
  }

  @Test
  void aTaskThatClosesTheStandardStreamsSilencesNoOther() throws Exception {
    use(1);
    Object unused =
        Parallel.submit(
                () -> {
                  System.out.print("one");
                  System.out.close();
                  System.err.close();
                  System.in.close();
                })
            .get();

    int read =
        Parallel.submit(
                () -> {
                  System.out.println("two");
                  System.err.println("three");
                  return System.in.read();
                })
            .get();

    assertThat(host.out()).isEqualTo("[worker 1] one\n[worker 1] two\n");
    assertThat(host.err()).isEqualTo("[worker 1] three\n");
    assertThat(read).isEqualTo(-1);
    assertThat(unused).isNull();
  }

  @Test
  void aLibraryThatUsesUnsafeMemoryHasTheJvmSayNothing() throws Exception {
    use(1);

    int word =
        Parallel.submit(
                () -> {
                  Class<?> unsafe = Class.forName("sun.misc.Unsafe");
                  Field only = unsafe.getDeclaredField("theUnsafe");
                  only.setAccessible(true);
                  return (int)
                      unsafe
                          .getMethod("arrayIndexScale", Class.class)
                          .invoke(only.get(null), byte[].class);
                })
            .get();

    assertThat(host.err()).isEmpty();
    assertThat(word).isEqualTo(1);
  }

  @Test
  void noLineOfManyIsLost() {
    use(2);

    Parallel.over(IntStream.range(0, 20))
        .forEach(x -> {
          for (int i = 0; i < 1_000; i++) {
            System.out.println("task " + x + " line " + i);
          }
        });

    List<String> lines =
        host.out().lines().map(line -> line.substring(line.indexOf(']') + 2)).toList();
    assertThat(lines).hasSize(20_000).doesNotHaveDuplicates();
  }

  @Test
  void threadsThatATaskLeavesAreNamed() throws Exception {
    use(1);

    Object unused =
        Parallel.submit(
                () -> {
                  Thread thread = new Thread(() -> sleepForever(), "forgotten");
                  thread.setDaemon(true);
                  thread.start();
                })
            .get();

    assertThat(host.err()).contains("left threads running: forgotten");
    assertThat(unused).isNull();
  }

  static void sleepForever() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
