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
  void explainsACellThatDeclaresThings() {
    notebook.run("double north = 66.5;\nint asked = 0;").showsNothing();

    Notebook.Ran ran =
        notebook.run(
            """
            %%closure
            import java.time.LocalTime;
                record Place(String name, double latitude) {
                  boolean isArctic() { return latitude > north; }
                }
                var places = List.of(new Place("Oslo", 59.9), new Place("Alta", 70));
                int limit = 1;
                limit += 2;
                boolean dark(Place place) {
                  asked++;
                  return place.isArctic() && LocalTime.now().getHour() > limit;
                }
                long unused(long x) { return x + asked; }
            Parallel.map(places, place -> dark(place))
            """);
    String report = ran.shown();
    int last = ran.cell().number();

    assertThat(report)
        .startsWith("the cell\n")
        .doesNotContain("REPL", "$")
        .contains(
            "─ record Place, ",
            "─ variable north: double, ",
            "─ variable places: List<Place>, declared by the cell",
            "─ variable limit: int, declared by the cell",
            "─ dark(Place), Cell [" + last + "], line 10",
            "─ unused(long), Cell [" + last + "], line 13",
            "variable asked: assigned, Cell [" + last + "], line 10",
            "hint: the variables that the cell declares have values when it has run");
    notebook.run("asked").shows("0");
    notebook.run("places").says("places");
    notebook.run("new Place(\"x\", 1)").says("Place");
    notebook.run("LocalTime.now()").says("LocalTime");
  }

  @Test
  void explainsWhatACellWouldChangeWithoutTakingItsDeclarations() {
    notebook.run("int scale = 2;\nint scaled(int x) { return x * scale; }").showsNothing();

    String report = notebook.run("%%closure\nint scaled(int x) { return -x; }\nscaled(4)").shown();
    String px = notebook.run("%%closure\n%%px\nint there = scaled(1);").shown();

    assertThat(report).contains("scaled(int), Cell").doesNotContain("variable scale");
    assertThat(px)
        .contains(
            "variable there: int, declared by the cell\n   └─ scaled(int)",
            "      └─ variable scale: int, ");
    notebook.run("scaled(4)").shows("8");
  }

  @Test
  void explainsACellOfClassesAndOneOfImports() {
    String classes =
        notebook
            .run(
                """
                %%closure
                interface Animal { String sound(); default String twice() { return sound() + sound(); } }
                enum Kind { CAT, DOG; static int asked; }
                class Cat implements Animal { public String sound() { Kind.asked++; return "" + Kind.CAT; } }
                """)
            .shown();
    String imports = notebook.run("%%closure\nimport java.time.Duration;").shown();

    assertThat(classes).contains("─ interface Animal, ", "─ enum Kind, ", "─ class Cat, ");
    assertThat(imports).startsWith("the cell\nships: 0 values");
  }

  @Test
  void saysWhyACellDoesNotCompile() {
    notebook
        .run("%%closure\nint half(int x) { return x / 2; }\nint y = half(\"a\");")
        .says("line 3", "String cannot be converted to int");
    notebook.run("%%closure\nint half(int x { return x; }").says("line 2", "expected");
  }

  @Test
  void refusesACellAsTheJobWould() {
    notebook.run("Thread other = new Thread();").showsNothing();
    notebook
        .run("%%closure\nString name() { return other.getName(); }")
        .says("NotShippableException", "task -> variable other -> java.lang.Thread");
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
