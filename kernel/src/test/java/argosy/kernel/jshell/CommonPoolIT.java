package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class CommonPoolIT {

  private static final String[] CELLS = {
    "public class Plugin { public String toString() { return \"loaded\"; } }",
    """
    Callable<String> byName = () -> {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return loader.loadClass(Plugin.class.getName()).getDeclaredConstructor().newInstance() + "";
    };\
    """,
    "ForkJoinPool.commonPool().submit(byName).get()",
    """
    CompletableFuture.supplyAsync(() -> {
      try { return byName.call(); } catch (Exception e) { return e.toString(); }
    }, ForkJoinPool.commonPool()).get()\
    """
  };

  @Test
  void itsThreadsFindTheClassesOfCells() throws IOException, InterruptedException {
    List<String> lines = SessionProcess.run(List.of(), CELLS);
    assertThat(lines.subList(2, 4)).containsExactly("loaded", "loaded");
  }

  @Test
  void aFactoryOfTheUsersStays() throws IOException, InterruptedException {
    String property = "java.util.concurrent.ForkJoinPool.common.threadFactory";
    List<String> lines =
        SessionProcess.run(
            List.of("-D" + property + "=no.such.Factory"),
            "System.getProperty(\"" + property + "\")");
    assertThat(lines).containsExactly("no.such.Factory");
  }
}
