package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The magics on real cells and real worker processes.
@Timeout(300)
class CellsOnWorkersIT extends OnTwoWorkers {

  @Test
  void workersAreShownAsATable() {
    notebook.run("%workers 0").shown();
    assertThat(notebook.run("%workers 2").shown())
        .startsWith("worker")
        .contains("tasks done", " MB ", "\n2 processes; backend processes");
    notebook.run("List<argosy.engine.pool.WorkerStatus> l = %workers\nl.size()").shows("2");
  }

  @Test
  void aTimeoutOnTheCellsOwnThreadEndsTheTaskAndNotTheCell() {
    notebook
        .run(
            """
            String end = "none";
            try {
              Parallel.over(List.of(1))
                  .backend("sequential")
                  .timeout(java.time.Duration.ofMillis(50))
                  .map(x -> { while (x > 0) {} return x; });
            } catch (DeadlineExceededException e) {
              end = "too long";
            }
            for (int i = 0; i < 3; i++) end += " " + i;
            end
            """)
        .shows("too long 0 1 2");
    notebook.run("int rounds = 0; while (rounds < 3) rounds++; rounds").shows("3");
  }

  @Test
  void aClassOfACellIsFoundByItsNameThere() {
    notebook.run("record Sought(int x) { int twice() { return 2 * x; } }").showsNothing();
    String make = "Class.forName(\"Sought\").getDeclaredConstructors()[0].newInstance(%s)";
    notebook
        .run("Parallel.map(List.of(3, 4), x -> %s)".formatted(make.formatted("x")))
        .shows("[Sought[x=3], Sought[x=4]]");
    notebook
        .run(
            "Parallel.submit(() -> { Object s = %s; return s.getClass().getDeclaredMethod(\"twice\").invoke(s); }).get()"
                .formatted(make.formatted(5)))
        .shows("10");
    notebook.run("record Sought(int x, int y) {}").showsNothing();
    notebook
        .run("Parallel.submit(() -> Class.forName(\"Sought\").getRecordComponents().length).get()")
        .shows("2");
    notebook.run("%px --once --out lengths Class.forName(\"Sought\").getRecordComponents().length");
    notebook.run("lengths").shows("[2, 2]");
    notebook
        .run("Parallel.submit(() -> Class.forName(\"Sought\".substring(1))).get()")
        .says(
            "ClassNotFoundException: ought; if a cell declares it, name it in the task, as in ought.class");
    notebook
        .run("Parallel.submit(() -> Class.forName(\"no.such.Driver\")).get()")
        .says("ClassNotFoundException: no.such.Driver\n");
  }

  @Test
  void assertionsAreCheckedThere() {
    notebook.run(
        "int checked(int x) { assert x < 3 : \"three\"; return x; }\n"
            + "record Small(int x) { Small { assert x < 3 : \"three\"; } }");
    notebook.run("%%px\nint resident(int x) { assert x < 3 : \"three\"; return x; }");
    notebook.run(
        """
        String failing(Function<Integer, Object> f) {
          try {
            return Parallel.map(List.of(2, 3), f).toString();
          } catch (AssertionError e) {
            return e.getMessage();
          }
        }
        """);
    notebook.run("failing(x -> checked(x))").shows("three");
    notebook.run("failing(x -> new Small(x))").shows("three");
    notebook.run("failing(x -> { assert x < 3 : \"three\"; return x; })").shows("three");
    notebook.run("failing(x -> resident(x))").shows("three");
  }

  @Test
  void aParallelCellDeclaresItsResults() {
    notebook.run("int offset = 100;\nint plus(int x) {\n  return x + offset;\n}").showsNothing();
    notebook
        .run("%%parallel x : List.of(1, 2, 3) -> results --batch 2\nint y = plus(x);\ny * 2")
        .showsNothing();
    notebook.run("results").shows("[202, 204, 206]");
    notebook.run("results.get(0) + 1").shows("203");
  }

  @Test
  void aParallelCellShowsItsResults() {
    notebook
        .run(
            "%%parallel int i : IntStream.range(0, 5)\nif (i == 3) return \"three\";\nreturn \"\" + i;")
        .shows("[0, 1, 2, three, 4]");
  }

  @Test
  void aParallelCellUsesCellClassesAndThrowsCheckedExceptions() {
    notebook.run("record Point(int x, int y) {}").showsNothing();
    notebook
        .run(
            """
            %%parallel p : List.of(new Point(1, 2), new Point(3, 4)) -> points
            if (p.x() < 0) throw new java.io.IOException("no");
            new Point(p.y(), p.x())
            """)
        .showsNothing();
    notebook.run("points").shows("[Point[x=2, y=1], Point[x=4, y=3]]");
  }

  @Test
  void aBodyWithoutAValueRunsForItsEffect() {
    Notebook.Ran ran =
        notebook.run("%%parallel x : List.of(1, 2)\nSystem.out.println(\"input \" + x)");
    ran.showsNothing();
    assertThat(ran.out()).containsPattern("\\[worker \\d+\\] input 1\n").contains("] input 2\n");
  }

  @Test
  void errorsNameTheLinesOfTheCell() {
    notebook
        .run("%%parallel x : List.of(1, 0)\nint y = 10;\nint z = y / x;\nz")
        .says("java.lang.ArithmeticException", "/ by zero", "line 3");
    notebook
        .run("%%parallel x : List.of(1, 0)\nint y = 10;\ny + nothing")
        .says("line 3", "nothing");
    notebook.run("%%parallel x : nowhere -> r\nx + 1").says("line 1", "nowhere");
  }

  @Test
  void wrongUseShowsTheUsage() {
    notebook.run("%%parallel\n1").says("there is no 'x : inputs'", "--timeout TIME");
    notebook.run("%workers many").says("'many' is not a number of workers", "--heap SIZE");
    notebook
        .run("%workers --backend cloud")
        .says("there is no backend 'cloud'", "%workers [N|auto|0]");
  }

  @Test
  void optionsReachTheJob() {
    notebook
        .run(
            """
            %%parallel x : IntStream.range(0, 4) -> a --seed 7 --workers 1
            argosy.Parallel.random().nextInt(1000)
            """)
        .showsNothing();
    notebook
        .run(
            """
            %%parallel x : IntStream.range(0, 4) -> b --seed 7 --batch 1
            argosy.Parallel.random().nextInt(1000)
            """)
        .showsNothing();
    notebook.run("a.equals(b)").shows("true");
    notebook
        .run("%%parallel x : List.of(1) --timeout 300ms\nwhile (x > 0) {}\nreturn x;")
        .says("DeadlineExceededException");
  }

  @Test
  void progressIsDrawnInTheCell() {
    Notebook.Ran ran =
        notebook.run("%%parallel x : IntStream.range(0, 20) --progress \"my job\"\nx * x");
    assertThat(ran.cell().displays())
        .singleElement()
        .satisfies(bundle ->
            assertThat(bundle.get("text/plain")).asString().contains("my job: 20 of 20 in "));
  }

  @Test
  void aSubmittedExpressionIsATask() {
    notebook.run("int base = 40;").showsNothing();
    notebook.run("%submit t = base + 2").showsNothing();
    notebook.run("t.get()").shows("42");
    notebook.run("t").shows("Task (done): 42");
    notebook.run("%%submit u\nint z = base;\nz / 0").showsNothing();
    notebook.run("u.get()").says("ArithmeticException", "line 3");
    notebook.run("%submit v = System.out.println(\"there\")").showsNothing();
    notebook.run("v.get();").showsNothing();
  }

  @Test
  void jarsReachTheWorkers() throws IOException {
    Path source = folder.resolve("lib/Twice.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        "package lib; public class Twice { public static int of(int x) { return 2 * x; } }");
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, source.toString());
    assertThat(exit).isZero();
    Path jar = folder.resolve("twice.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("lib/Twice.class"));
      out.write(Files.readAllBytes(folder.resolve("lib/Twice.class")));
    }
    notebook
        .run(
            "%jars '" + jar + "'\nimport lib.Twice;\nParallel.map(List.of(1, 2), x -> Twice.of(x))")
        .shows("[2, 4]");
  }

  @Test
  void anInterruptEndsTheJobAndTheWorkersGoOn() throws InterruptedException {
    notebook
        .interrupted(
            "%%parallel x : List.of(1, 2)\nSystem.out.println(\"busy\");\nwhile (x > 0) {}\nreturn x;")
        .says("Interrupted");
    notebook.run("Parallel.map(List.of(1, 2), x -> x + 1)").shows("[2, 3]");
  }

  @Test
  void workersStopAndStartAgainOnTheNextUse() {
    assertThat(notebook.run("%workers 0").shown()).startsWith("No workers run");
    notebook.run("Parallel.map(List.of(1, 2), x -> x + 1)").shows("[2, 3]");
    assertThat(notebook.run("%workers 2").shown()).contains("2 processes");
  }

  @Test
  void aWorkerThatCannotStartSaysWhy() {
    notebook.run("%workers 1 --jvm -XX:+NoSuchOption").says("NoSuchOption");
    notebook.run("%workers 2 --jvm ''").shown();
    notebook.run("Parallel.map(List.of(1), x -> x + 1)").shows("[2]");
  }

  @Test
  void whoCountsIntoAVariableIsToldOnceThatItStaysAsItIs() {
    Notebook.Ran ran =
        notebook.run(
            """
            int counted = 0;
            for (int i = 0; i < 3; i++) {
              Parallel.forEach(List.of(1, 2), x -> counted += x);
            }
            counted\
            """);

    assertThat(ran.shows("0").errors().lines())
        .singleElement()
        .asString()
        .startsWith("Tasks change variable counted (assigned, Cell [")
        .contains("line 3");
    assertThat(
            notebook
                .run(
                    "Parallel.with(Parallel.options().backend(\"threads\"), () ->"
                        + " Parallel.forEach(List.of(1, 2), x -> counted += x)); counted")
                .shows("3")
                .errors())
        .isEmpty();
  }

  @Test
  void theOtherBackendsRunTheSameCell() {
    for (String backend : new String[] {"threads", "sequential", "processes"}) {
      notebook.run("%%parallel x : List.of(1, 2) --backend " + backend + "\nx * 3").shows("[3, 6]");
    }
  }
}
