package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotebookHostTest {

  private final FakeKernel kernel = new FakeKernel();
  private final Host host = new NotebookHost(kernel);

  @Test
  void knowsTheCellsClasses() {
    assertThat(host.classBytes(FakeKernel.class)).hasValue(new byte[] {1});
    assertThat(host.classBytes(String.class)).isEmpty();
    assertThat(host.classesNamed("x")).containsExactly(FakeKernel.class);
    assertThat(host.isInitialized(FakeKernel.class)).isTrue();
    assertThat(host.loader()).isSameAs(kernel.loader());
  }

  @Test
  void passesOnTheClassPathAndItsAdditions() {
    List<Path> heard = new ArrayList<>();
    host.onClassPathAddition(heard::addAll);
    kernel.add(List.of(Path.of("a.jar")));
    assertThat(heard).containsExactly(Path.of("a.jar"));
    assertThat(host.classPath()).containsExactly(Path.of("a.jar"));
  }

  @Test
  void outputGoesToTheCellThatRuns() {
    TaskOutput output = host.output();
    output.stdout("one\n");
    output.stderr("two\n");
    assertThat(kernel.out).hasToString("one\n");
    assertThat(kernel.err).hasToString("two\n");
    assertThat(host.scope()).isEqualTo(host.scope());
  }

  @Test
  void passesOnInterruptsAndStops() {
    Runnable hook = () -> {};
    host.onInterrupt(hook);
    host.stop(Thread.currentThread());
    assertThat(kernel.interruptHooks).containsExactly(hook);
    assertThat(kernel.stopped).containsExactly(Thread.currentThread());
  }

  @Test
  void everySessionSeesTheApi() {
    CommandsExtension.register(kernel, new FakeWorkers());
    assertThat(kernel.imports).containsExactly("import argosy.*;");
    assertThat(kernel.magics.keySet())
        .containsExactly(
            "cancel",
            "closure",
            "parallel",
            "scaling",
            "submit",
            "tasks",
            "threads",
            "timeline",
            "workers");
    assertThat(kernel.magics.values())
        .allSatisfy(magic -> {
          assertThat(magic.summary()).endsWith(".");
          assertThat(magic.usage()).contains("%" + magic.name());
        });
  }
}
