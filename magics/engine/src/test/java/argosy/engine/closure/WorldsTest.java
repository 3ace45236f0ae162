package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.pool.Footprint;
import argosy.wire.ClassDefinition;
import argosy.wire.ContentId;
import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.ResultMemory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a worker has to be sent, and what it keeps.
public class WorldsTest {

  /// Where a task leaves the loader of its classes.
  public static final AtomicReference<@Nullable Object> WORLD_OF_TASK = new AtomicReference<>();

  private static final String WORLD =
      "argosy.engine.closure.WorldsTest.note(Thread.currentThread().getContextClassLoader())";

  /// What tasks call.
  public static @Nullable Object note(ClassLoader world) {
    WORLD_OF_TASK.set(world);
    return null;
  }

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  private final ClosureRuntime worker =
      new ClosureRuntime(getClass().getClassLoader(), ResultMemory.NONE);

  @BeforeEach
  void forget() {
    NOTEBOOK.forget();
  }

  private Shipment ship(String... cells) {
    return Shipment.of(NOTEBOOK.host(), NOTEBOOK.run(cells), worker);
  }

  private static Set<ContentId> ids(Shipment shipment) {
    return shipment.capture().classes().stream()
        .map(ClassDefinition::id)
        .collect(Collectors.toSet());
  }

  @Test
  void sharesClassesBetweenJobs() throws Throwable {
    Shipment first =
        ship("class M { int v = 2; }", "M m = new M();", "Callable<Object> f = () -> m;");
    Shipment second = ship("Callable<Object> g = () -> m.v;");

    assertThat(first.run()).isNotNull();
    assertThat(second.run()).isEqualTo(2);

    assertThat(ids(second)).anyMatch(ids(first)::contains);
    assertThat(worker.worldCount()).isEqualTo(1);
  }

  @Test
  void runsTheNewBodyOfARedefinedMethodThroughUnchangedCallers() throws Throwable {
    NOTEBOOK.run("int inner() { return 1; }", "int outer() { return inner() * 10; }");
    Shipment before = ship("Callable<Object> f = () -> outer();");
    assertThat(before.run()).isEqualTo(10);

    NOTEBOOK.run("int inner() { return 2; }");
    Shipment after = ship("Callable<Object> g = () -> outer();");

    assertThat(after.run()).isEqualTo(20);
    assertThat(before.run()).isEqualTo(10);
  }

  @Test
  void keepsOldInstancesOfAClassWhoseShapeChanged() throws Throwable {
    NOTEBOOK.run(
        "class M { int v = 1; }", "Object old = new M();", "class M { int v = 2; int w; }");
    Shipment shipment =
        ship(
            "Callable<Object> f = () -> (old instanceof M) + old.getClass().getSimpleName() + new"
                + " M().v;");

    assertThat(shipment.run()).isEqualTo("falseM2");
  }

  @Test
  void forgetsClosures() throws Throwable {
    Shipment shipment = ship("int n = 1;", "Callable<Object> f = () -> n;");
    shipment.run();
    ContentId id = shipment.capture().closure().id();

    worker.forget(id);

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> worker.prepare(id, shipment.capture().encode(null).graph(), List.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(id.toString());
    assertThat(Objects.requireNonNull(shipment.run())).isEqualTo(1);
  }

  @Test
  void givesUpTheClassesThatOnlyForgottenClosuresNeeded() throws Throwable {
    List<WeakReference<ClassLoader>> worlds = new ArrayList<>();
    ContentId before = null;
    for (int i = 0; i < 300; i++) {
      Shipment shipment = ship("Callable<Object> f" + i + " = () -> " + WORLD + ";");
      shipment.run();
      worlds.add(new WeakReference<>((ClassLoader) Objects.requireNonNull(WORLD_OF_TASK.get())));
      if (before != null) {
        worker.forget(before);
      }
      before = shipment.capture().closure().id();
      assertThat(worker.worldCount()).isLessThanOrEqualTo(2);
    }

    // The compiler may still be at work on a method of one.
    assertThat(
            Footprint.await(() -> {
              System.gc();
              return living(worlds) <= 2;
            }))
        .isTrue();
    assertThat(worlds.stream().filter(each -> each.refersTo(null))).hasSizeGreaterThan(150);
  }

  private static long living(List<WeakReference<ClassLoader>> worlds) {
    return worlds.stream().map(WeakReference::get).filter(Objects::nonNull).distinct().count();
  }

  @Test
  void shipsLambdasOfClassesThatWorkersFindThemselves() throws Throwable {
    int captured = 5;
    StringBuilder text = new StringBuilder("b");
    Function<Integer, Object> plain = x -> x + captured;
    Function<Integer, Object> chained = plain.andThen(y -> text.append(y).toString());
    Supplier<Object> bound = text::length;
    Function<Integer, Object> constructor = StringBuilder::new;

    assertThat(Shipment.of(NOTEBOOK, plain).run(1)).isEqualTo(6);
    assertThat(Shipment.of(NOTEBOOK, chained).run(1)).isEqualTo("b6");
    assertThat(Shipment.of(NOTEBOOK, bound).run()).isEqualTo(1);
    assertThat(Shipment.of(NOTEBOOK, constructor).run(7)).hasToString("");
    assertThat(text).hasToString("b");
  }

  @Test
  void capturesOnManyThreadsAtOnce() {
    Object function =
        NOTEBOOK.run(
            "int n = 1;",
            "int twice(int x) { return 2 * x + n; }",
            "Function<Integer, Object> f = x -> twice(x);");
    ContentId alone = Shipment.of(NOTEBOOK, function).capture().closure().id();

    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> Shipment.of(NOTEBOOK, function).capture().closure().id())
                .distinct())
        .containsExactly(alone);
  }

  @Test
  void shipsOnlyWhatIsReached() {
    NOTEBOOK.run(
        "class Used { int v; }",
        "class Unused { int v; }",
        "int other() { return new Unused().v; }",
        "double[] big = new double[100_000];");
    Shipment shipment = ship("Callable<Object> f = () -> new Used().v;");

    assertThat(shipment.capture().classes())
        .extracting(ClassDefinition::name)
        .anyMatch(name -> name.endsWith("$Used"))
        .noneMatch(name -> name.endsWith("$Unused"));
    assertThat(shipment.capture().closure().state().size()).isLessThan(1000);
  }
}
