package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputLimitTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch late = new CountDownLatch(1);
  private final OutputLimit limit =
      new OutputLimit(
          timer,
          (stream, text) -> {
            sent.add(stream.wireName() + ":" + text);
            if (text.contains("late")) {
              late.countDown();
            }
          });

  @AfterEach
  void close() {
    timer.shutdownNow();
    OutputLimit.FREE_CHARS.set(OutputLimit.FREE_CHARS.initial());
  }

  private void write(String text) {
    limit.send(StreamName.STDOUT, text);
  }

  private void writeLines(int from, int to) {
    for (int i = from; i < to; i++) {
      write(i + "\n");
    }
  }

  @Test
  void passesEverythingOnUpToTheLimit() {
    OutputLimit.FREE_CHARS.set(6);
    write("ab\n");
    write("cd\n");
    limit.release();
    assertThat(sent).containsExactly("stdout:ab\n", "stdout:cd\n");
  }

  @Test
  void cutsBetweenLines() {
    OutputLimit.FREE_CHARS.set(4);
    write("ab\ncd\n");
    assertThat(sent).containsExactly("stdout:ab\n");
    limit.release();
    assertThat(sent).containsExactly("stdout:ab\n", "stdout:cd\n");
  }

  @Test
  void keepsTheLastLinesAndSaysHowManyAreMissing() {
    OutputLimit.FREE_CHARS.set(2_000);
    writeLines(0, 1_000_000);
    limit.release();
    String all = String.join("", sent).replace("stdout:", "");
    List<String> lines = all.lines().toList();
    assertThat(lines).startsWith("0", "1", "2").endsWith("999998", "999999");
    assertThat(all).containsPattern("… [\\d,]+ lines \\([\\d,]+ characters\\) left out");
    String notice =
        lines.stream().filter(line -> line.contains("left out")).findFirst().orElseThrow();
    long missing = Long.parseLong(notice.substring(2, notice.indexOf(" lines")).replace(",", ""));
    long shown = lines.stream().filter(line -> line.matches("\\d+")).count();
    assertThat(shown + missing).isEqualTo(1_000_000);
    assertThat(all.length()).isLessThan(10_000);
  }

  @Test
  void leavesOutTheStartOfAnEndlessLine() {
    OutputLimit.FREE_CHARS.set(0);
    write("😀".repeat(100_000));
    limit.release();
    assertThat(sent).hasSize(1);
    String kept = sent.getFirst().substring(sent.getFirst().lastIndexOf('\n') + 1);
    assertThat(kept).isEqualTo("😀".repeat(kept.length() / 2)).hasSizeGreaterThan(3_000);
  }

  @Test
  void saysNothingOfWhatACarriageReturnTookBack() {
    OutputLimit.FREE_CHARS.set(0);
    for (int i = 0; i <= 100_000; i++) {
      write("\r" + i + " of 100000");
    }
    limit.release();
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst()).doesNotContain("left out").endsWith("\r100000 of 100000");
  }

  @Test
  void losesNothingOfWhatComesSlowly() throws InterruptedException {
    OutputLimit.FREE_CHARS.set(0);
    write("late\n");
    assertThat(late.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(sent).containsExactly("stdout:late\n");
  }

  @Test
  void keepsBothStreams() {
    OutputLimit.FREE_CHARS.set(0);
    write("out\n");
    limit.send(StreamName.STDERR, "error\n");
    limit.release();
    assertThat(sent).containsExactly("stdout:out\n", "stderr:error\n");
  }

  @Test
  void startsAnewOnceTheOutputIsCleared() {
    OutputLimit.FREE_CHARS.set(6);
    write("abcde\n");
    limit.reset();
    write("fghij\n");
    assertThat(sent).containsExactly("stdout:abcde\n", "stdout:fghij\n");
  }

  @Test
  void holdsNothingBackAfterTheTimerHasEnded() {
    OutputLimit.FREE_CHARS.set(0);
    timer.shutdown();
    write("after\n");
    assertThat(sent).containsExactly("stdout:after\n");
  }
}
