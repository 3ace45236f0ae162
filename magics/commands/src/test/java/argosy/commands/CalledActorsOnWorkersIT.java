package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tasks on real worker processes that call actors on others, in real cells.
@Timeout(300)
class CalledActorsOnWorkersIT extends OnTwoWorkers {

  private static void makeCounter() {
    notebook.run("class Counter {\n  int n;\n  int add(int x) { return n += x; }\n}");
    notebook.run("Actor<Counter> counter = Parallel.actor(() -> new Counter());").showsNothing();
  }

  @Test
  void tasksCallAnActorThatTheyCapture() {
    makeCounter();
    notebook
        .run(
            """
            var seen = Parallel.map(IntStream.range(0, 30), i -> counter.call(c -> c.add(1)).get());
            new TreeSet<>(seen).equals(
                IntStream.rangeClosed(1, 30).boxed().collect(Collectors.toCollection(TreeSet::new)))
            """)
        .shows("true");
    notebook.run("counter.call(c -> c.n).get()").shows("30");
    notebook.run("counter.close();").showsNothing();
    notebook
        .run("Parallel.map(List.of(1), i -> counter.call(c -> c.add(1)).get())")
        .says("task -> variable counter -> argosy.Actor: the actor is closed");
  }

  @Test
  void oneWorkerIsEnough() {
    notebook.run("%workers 1").shown();
    makeCounter();
    notebook
        .run("Parallel.map(List.of(1, 2, 3), i -> counter.call(c -> c.add(i)).get()).getLast()")
        .shows("6");
    notebook.run("counter.close();").showsNothing();
    notebook.run("%workers 2").shown();
  }

  @Test
  void aCallSeesTheVariablesThatItsTaskSees() {
    notebook.run("var gate = Parallel.actor(() -> new boolean[1]);").showsNothing();
    notebook.run("int step = 2;").showsNothing();
    notebook
        .run(
            """
            Task<Integer> late = Parallel.submit(() -> {
              while (!gate.call(g -> g[0]).get()) {
                Thread.sleep(5);
              }
              return gate.call(g -> step * 10).get();
            });
            """)
        .showsNothing();
    notebook.run("step = 7;\ngate.run(g -> { g[0] = true; }).get();").showsNothing();
    notebook.run("late.get()").shows("20");
    notebook.run("gate.close();").showsNothing();
  }

  @Test
  void whatACellDeclaresTravelsBothWays() {
    notebook.run("record Point(int x, int y) {}").showsNothing();
    notebook.run("var points = Parallel.actor(() -> new ArrayList<Point>());").showsNothing();
    notebook
        .run(
            """
            Parallel.map(IntStream.range(0, 4), i -> {
              points.run(l -> l.add(new Point(i, 1)));
              return i;
            });
            Parallel.submit(() -> {
              Point sum = points.call(l ->
                  l.stream().reduce(new Point(0, 0), (a, b) -> new Point(a.x() + b.x(), a.y() + b.y())))
                  .get();
              return sum;
            }).get()
            """)
        .shows("Point[x=6, y=4]");
    notebook.run("points.call(l -> l.contains(new Point(3, 1))).get()").shows("true");
    notebook.run("points.close();").showsNothing();
  }

  @Test
  void anActorThatIsLostIsSoForTheTaskThatCallsIt() {
    notebook.run("var doomed = Parallel.actor(() -> new ArrayList<Integer>());").showsNothing();
    notebook
        .run(
            """
            Parallel.submit(() -> {
              try {
                doomed.run(l -> Runtime.getRuntime().halt(5)).get();
                return "lives";
              } catch (ExecutionException e) {
                var cause = e.getCause();
                return cause.getClass().getSimpleName() + cause.getMessage().contains("exit code 5");
              }
            }).get()
            """)
        .shows("WorkerLostExceptiontrue");
    notebook
        .run("Parallel.submit(() -> doomed.call(l -> l.size()).get()).get()")
        .says("WorkerLostException");
    notebook.run("doomed.close();").showsNothing();
  }

  @Test
  void aTaskThatIsCancelledWhileItWaitsTakesItsCallAlong() {
    notebook.run("var slow = Parallel.actor(() -> new ArrayList<Integer>());").showsNothing();
    notebook
        .run(
            """
            var started = java.nio.file.Files.createTempFile("argosy", "started");
            java.nio.file.Files.delete(started);
            var waiting = Parallel.submit(() -> slow.call(l -> {
              java.nio.file.Files.createFile(java.nio.file.Path.of(started.toString()));
              Thread.sleep(600_000);
              return 1;
            }).get());
            while (!java.nio.file.Files.exists(started)) {
              Thread.sleep(5);
            }
            java.nio.file.Files.delete(started);
            waiting.cancel(true)
            """)
        .shows("true");
    notebook.run("slow.call(l -> l.size()).get()").shows("0");
    notebook.run("slow.close();").showsNothing();
  }

  @Test
  void aCellOnEveryWorkerCallsAnActor() {
    makeCounter();
    notebook.run("%px counter.call(c -> c.add(1)).get()").shown();
    notebook.run("counter.call(c -> c.n).get() >= 2").shows("true");
    notebook.run("counter.close();").showsNothing();
  }

  @Test
  void afterTheLastActorHasGoneThereAreAsManyWorkersAsBefore() {
    makeCounter();
    notebook.run("Parallel.submit(() -> counter.call(c -> c.add(1)).get()).get()").shown();
    notebook.run("counter.close();").showsNothing();
    assertThat(Notebook.await(() -> notebook.run("%workers").shown().contains("2 processes")))
        .isTrue();
  }

  @Test
  void anActorOfAnotherBackendIsNamed() {
    notebook
        .run(
            """
            var near = Parallel.with(Parallel.options().backend("threads"),
                () -> Parallel.actor(() -> new ArrayList<Integer>()));
            Parallel.map(List.of(1), i -> near.call(l -> l.size()).get())
            """)
        .says("argosy.Actor: it lives in the notebook's own process");
  }
}
