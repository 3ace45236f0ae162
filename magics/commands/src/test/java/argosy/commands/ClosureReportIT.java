package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `%closure` in a session, with workers that know more and more.
@Timeout(300)
class ClosureReportIT {

  @TempDir static Path folder;
  private static Notebook notebook;

  @BeforeAll
  static void open() {
    notebook = Notebook.open(folder);
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  @Test
  void tellsWhatShipsFromWhereAndWhatTheWorkersHave() {
    notebook.run("%workers 0").shown();
    notebook
        .run(
            """
            record City(String name, double latitude) {}
            int hits = 0;
            double sunniest = 3;
            double distance(City city) {
              hits++;
              return Math.abs(city.latitude() - sunniest);
            }
            """)
        .showsNothing();
    int cell = notebook.run("1").cell().number() - 1;
    notebook.run("Function<City, Double> f = c -> distance(c);").showsNothing();

    String before = notebook.run("%closure f").shown();
    notebook.run("%workers 1").shown();
    String unsent = notebook.run("%closure f").shown();
    notebook.run("Parallel.map(List.of(new City(\"a\", 5)), f)").shows("[2.0]");
    String sent = notebook.run("%closure f").shown();

    assertThat(before)
        .contains(
            "└─ distance(City), Cell [" + cell + "], line 5",
            "variable hits: int, ",
            "variable sunniest: double, ",
            "record City, ",
            "workers: none run yet, so all of it will be sent",
            "  variable hits: assigned, Cell [" + cell + "], line 5");
    assertThat(unsent).contains("workers: 1 run; none has any of it");
    assertThat(sent).contains("workers: 1 run; it has everything");
  }

  @Test
  void explainsACellBeforeItRuns() {
    notebook.run("List<Integer> seen = new ArrayList<>();").showsNothing();

    String parallel =
        notebook
            .run("%%closure\n%%parallel x : List.of(1) -> squares\nseen.add(x);\nx * x")
            .shown();
    String plain =
        notebook.run("%%closure\nParallel.map(List.of(1, 2), x -> seen.size() + x)").shown();

    assertThat(parallel).contains("variable seen: List<Integer>", "variable seen: add(...)");
    assertThat(plain).contains("variable seen: List<Integer>", "tasks change: nothing");
    notebook.run("seen").shows("[]");
    notebook.run("squares").says("squares");
  }

  @Test
  void saysWhichVariablesLiveOnTheWorkers() {
    notebook.run("%%px\nint there = 5;");
    notebook.run("IntSupplier g = () -> ++there;").showsNothing();

    String report = notebook.run("%closure g").shown();

    assertThat(report)
        .contains("variable there: int, lives on the workers", "tasks change: nothing");
  }

  @Test
  void refusesAsTheJobWould() {
    notebook.run("Thread thread = new Thread();").showsNothing();
    notebook
        .run("Supplier<Object> h = () -> thread;\n%closure h")
        .says("NotShippableException", "task -> variable thread -> java.lang.Thread");
  }
}
