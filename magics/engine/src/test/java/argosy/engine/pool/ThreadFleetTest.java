package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.host.ClassPathHost;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.TaskTimes;
import argosy.engine.timeline.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadFleetTest {

  private final ClassPathHost host = new ClassPathHost();
  private final ThreadFleet fleet =
      new ThreadFleet(host, new WorkerSettings(1, "threads", null, List.of()), new Timeline(host));

  /// What listeners heard, in order.
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void comesBackForTheResultForWhichNobodyHasCome() throws InterruptedException {
    submit(new Listener("a", true));

    assertThat(next()).isEqualTo("a ended");
    assertThat(next()).isEqualTo("a finish");

    submit(new Listener("b", true));

    assertThat(next()).isEqualTo("b ended");
    assertThat(next()).isEqualTo("b finish");
  }

  @Test
  void comesBackBeforeTheNextCallAndOnlyToWhomItSaidSo() throws InterruptedException {
    submit(new Listener("a", true), new Listener("b", false), new Listener("c", true));

    assertThat(List.of(next(), next(), next(), next(), next()))
        .containsExactly("a ended", "a finish", "b ended", "c ended", "c finish");
  }

  @Test
  void comesBackEvenIfTheThreadIsToLeave() throws InterruptedException {
    submit(
        new Listener("a", true) {
          @Override
          public boolean endedJustNow(CallEnd end) {
            fleet.close();
            return super.endedJustNow(end);
          }
        });

    assertThat(next()).isEqualTo("a ended");
    assertThat(next()).isEqualTo("a finish");
  }

  private void submit(Listener... listeners) {
    long id = fleet.reserve(listeners.length);
    Job<LocalCall> job = new Job<>(JobLimits.NONE, new TaskTimes(), LocalCall::count);
    List<LocalCall> calls = new ArrayList<>();
    for (Listener listener : listeners) {
      calls.add(
          new LocalCall(
              id + calls.size(), 1, _ -> 1, Collections.singletonList(null), 0, listener));
    }
    fleet.submit(job, calls);
  }

  private String next() throws InterruptedException {
    String next = heard.poll(1, TimeUnit.MINUTES);
    return next == null ? "nothing" : next;
  }

  private class Listener implements CallListener {

    private final String name;
    private final boolean isLeft;

    Listener(String name, boolean isLeft) {
      this.name = name;
      this.isLeft = isLeft;
    }

    @Override
    public void ended(CallEnd end) {
      throw new IllegalStateException("the thread comes back");
    }

    @Override
    public boolean endedJustNow(CallEnd end) {
      heard.add(name + " ended");
      return isLeft;
    }

    @Override
    public boolean isDue() {
      return false;
    }

    @Override
    public void finish() {
      heard.add(name + " finish");
    }
  }
}
