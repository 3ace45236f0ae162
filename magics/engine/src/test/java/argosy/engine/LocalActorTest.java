package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Actor;
import argosy.Parallel;
import java.util.concurrent.Exchanger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class LocalActorTest {

  @RegisterExtension private final FreshEngine fresh = new FreshEngine(new RecordingHost());

  @Test
  void isShownWhileACallRuns() throws Exception {
    Exchanger<String> shown = new Exchanger<>();
    Actor<String> actor =
        Parallel.with(Parallel.options().backend("sequential"), () -> Parallel.actor(() -> "a"));
    Thread viewer =
        Thread.ofPlatform()
            .daemon()
            .unstarted(() -> {
              try {
                String _ = shown.exchange(actor.toString());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    String seen =
        actor
            .call(_ -> {
              viewer.start();
              return exchange(shown);
            })
            .get();

    assertThat(seen).isEqualTo("Actor[in this process]");
    viewer.join();
  }

  private static String exchange(Exchanger<String> shown) {
    try {
      return shown.exchange("seen");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
