package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Values and results in files, in real cells and on real workers. A file has a line for each run.
@Timeout(300)
class CachedOnWorkersIT extends OnTwoWorkers {

  @TempDir Path files;

  @BeforeEach
  void declare() {
    notebook.run("Path home = Path.of(\"" + files + "\");").showsNothing();
    notebook
        .run(
            """
            record Point(int x, int y) {}
            int step = 10;
            Point slow(int n) {
              try {
                Files.writeString(home.resolve("runs"), n + "\\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return new Point(n, n * step);
            }
            """)
        .showsNothing();
    cache();
  }

  private static void cache() {
    notebook
        .run("Cached<Integer, Point> cached = Parallel.cached(home.resolve(\"r\"), n -> slow(n));")
        .showsNothing();
  }

  private long runs() throws IOException {
    return Files.readAllLines(files.resolve("runs")).size();
  }

  @Test
  void aResultIsComputedOnceHereOrOnAnyWorker() throws IOException {
    notebook.run("cached.call(1)").shows("Point[x=1, y=10]");
    notebook
        .run("Parallel.map(List.of(1, 2, 3), cached)")
        .shows("[Point[x=1, y=10], Point[x=2, y=20], Point[x=3, y=30]]");
    notebook
        .run("Parallel.over(List.of(1, 2, 3)).batch(1).map(n -> cached.call(n).y())")
        .shows("[10, 20, 30]");
    notebook.run("cached.call(3)").shows("Point[x=3, y=30]");
    assertThat(runs()).isEqualTo(3);
    cache();
    notebook.run("cached.call(3)").shows("Point[x=3, y=30]");
    assertThat(runs()).as("its cell has run again").isEqualTo(3);
  }

  @Test
  void whatItReadsIsPartOfIt() throws IOException {
    notebook.run("Parallel.map(List.of(1), cached)").shows("[Point[x=1, y=10]]");
    notebook.run("step = 20;").showsNothing();
    notebook.run("Parallel.map(List.of(1), cached)").shows("[Point[x=1, y=20]]");
    notebook.run("cached.call(1)").shows("Point[x=1, y=20]");
    assertThat(runs()).isEqualTo(2);
    notebook.run("step = 10;").showsNothing();
    notebook.run("cached.call(1)").shows("Point[x=1, y=10]");
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void soIsTheCodeThatItCalls() throws IOException {
    notebook.run("int half(int n) { return n / 2; }").showsNothing();
    notebook
        .run(
            "Cached<Integer, Integer> h = Parallel.cached(home, n -> { slow(n); return half(n); });")
        .showsNothing();
    notebook.run("h.call(8) + \" \" + h.call(8)").shows("4 4");
    notebook.run("int half(int n) { return n / 2 + 1; }").showsNothing();
    notebook.run("h.call(8) + \" \" + Parallel.map(List.of(8), h)").shows("5 [5]");
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void aFunctionThatCallsItselfKeepsEachStep() {
    notebook
        .run(
            """
            Cached<Integer, Long> fib =
                Parallel.cached(home, n -> n < 2 ? n : fib.call(n - 1) + fib.call(n - 2));
            """)
        .showsNothing();
    notebook.run("Parallel.submit(() -> fib.call(80)).get()").shows("23416728348467685");
    notebook.run("fib.has(79)").shows("true");
  }

  @Test
  void valuesOfCellsClassesComeBack() {
    notebook.run("Parallel.dump(List.of(new Point(1, 2)), home.resolve(\"v\"));").showsNothing();
    notebook.run("List<Point> back = Parallel.load(home.resolve(\"v\"));").showsNothing();
    notebook.run("back.equals(List.of(new Point(1, 2)))").shows("true");
    notebook
        .run(
            """
            Parallel.map(List.of(1), n -> {
              List<Point> there = Parallel.load(home.resolve("v"));
              Point first = there.get(0);
              Parallel.dump(new Point(first.x() + n, 5), home.resolve("w"));
              return first.y();
            })
            """)
        .shows("[2]");
    notebook.run("Point w = Parallel.load(home.resolve(\"w\"));\nw").shows("Point[x=2, y=5]");
    notebook.run("record Point(int x, int y, int z) {}");
    notebook
        .run("Parallel.load(home.resolve(\"v\"))")
        .says("class Point has changed since the file was written: it had (int x, int y), and has");
  }
}
