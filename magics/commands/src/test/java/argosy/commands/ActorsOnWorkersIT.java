package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Objects that live on real worker processes, made in real cells.
@Timeout(300)
class ActorsOnWorkersIT extends OnTwoWorkers {

  @Test
  void anActorKeepsItsStateBetweenCalls() {
    notebook.run("class Counter {\n  int n;\n  int add(int x) { return n += x; }\n}");
    notebook
        .run(
            """
            Actor<Counter> counter = Parallel.actor(() -> {
              var made = new Counter();
              made.add(10);
              return made;
            });
            var calls = IntStream.range(0, 20).mapToObj(i -> counter.call(c -> c.add(i))).toList();
            calls.getLast().get()
            """)
        .shows("200");
    notebook.run("calls.getFirst().get()").shows("10");
    notebook
        .run(
            "counter.call(c -> ProcessHandle.current().pid()).get() !="
                + " ProcessHandle.current().pid()")
        .shows("true");
    notebook.run("counter.close();").showsNothing();
    notebook.run("counter.call(c -> c.n)").says("the actor is closed");
  }

  @Test
  void twoActorsDoNotShareAWorkerWhileThereAreTwo() {
    notebook
        .run(
            """
            var a = Parallel.actor(() -> new ArrayList<Integer>());
            var b = Parallel.actor(() -> new ArrayList<Integer>());
            a.call(l -> l.add(1)).get();
            a.call(l -> ProcessHandle.current().pid()).get()
                .equals(b.call(l -> ProcessHandle.current().pid()).get())
            """)
        .shows("false");
    notebook.run("a.call(l -> l.size()).get() + b.call(l -> l.size()).get()").shows("1");
    notebook.run("a.close();\nb.close();").showsNothing();
  }

  @Test
  void anActorsErrorsAreItsCallers() {
    notebook.run("var shy = Parallel.actor(() -> Integer.parseInt(\"no\"));").showsNothing();
    notebook
        .run("shy.call(n -> n + 1).get()")
        .says("the object could not be made", "NumberFormatException");
    notebook.run("var list = Parallel.actor(() -> new ArrayList<Integer>());").showsNothing();
    notebook.run("list.call(l -> l.get(3)).get()").says("IndexOutOfBoundsException", "line 1");
    notebook.run("list.call(l -> l.size()).get()").shows("0");
  }

  @Test
  void anActorGoesWithItsWorker() {
    notebook.run("var doomed = Parallel.actor(() -> new ArrayList<Integer>());").showsNothing();
    notebook
        .run("doomed.call(l -> { Runtime.getRuntime().halt(5); return 1; }).get()")
        .says("WorkerLostException", "exit code 5");
    notebook.run("doomed.call(l -> l.size()).get()").says("WorkerLostException");
    assertThat(notebook.run("%workers 2").shown()).contains("2 processes");
  }

  @Test
  void aBroadcastValueIsOnEveryWorkerAndOnLaterOnes() {
    notebook.run("record Word(String text) {}").showsNothing();
    notebook
        .run("var words = Parallel.broadcast(List.of(new Word(\"a\"), new Word(\"b\")));")
        .showsNothing();
    notebook
        .run("Parallel.map(List.of(0, 1, 0), i -> words.get().get(i))")
        .shows("[Word[text=a], Word[text=b], Word[text=a]]");
    notebook.run("words.get().size()").shows("2");
    notebook.run("Parallel.map(List.of(1), i -> words).get(0).get() == words.get()").shows("true");
    notebook.run("%workers 0").shown();
    notebook.run("Parallel.map(List.of(1), i -> words.get().get(i).text())").shows("[b]");
    notebook.run("words.close();").showsNothing();
    notebook.run("words.get()").says("was closed");
  }

  @Test
  void theOtherBackendsHaveActorsAndBroadcastsToo() {
    for (String backend : new String[] {"threads", "sequential"}) {
      notebook.run("%workers --backend " + backend).shown();
      notebook
          .run(
              """
              var local = Parallel.actor(() -> new ArrayList<Integer>());
              var shared = Parallel.broadcast("hello");
              local.call(l -> l.add(1));
              local.call(l -> l.size()).get() + Parallel.map(List.of(1), i -> shared.get()).get(0)
              """)
          .shows("1hello");
    }
    notebook.run("%workers --backend processes").shown();
  }
}
