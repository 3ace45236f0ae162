package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `%%px` in real cells, on real worker processes.
@Timeout(300)
class PxOnWorkersIT extends OnTwoWorkers {

  private static void bothSay(String code, String value) {
    String line = "\\[worker \\d+\\] \\Q" + value + "\\E";
    assertThat(notebook.run(code).shown()).matches(line + "\n" + line);
  }

  @Test
  void aListOfVariablesSaysWhereTheyLive() {
    notebook.run("%%px --once\nint afar = 5;").showsNothing();
    Notebook.Ran ran = notebook.run("%whos");
    assertThat(String.valueOf(ran.displays().getFirst()))
        .containsPattern("afar +int +\\(lives on the workers, where %%px declared it\\)");
  }

  @Test
  void aVariableLivesOnTheWorkersAndIsSeenByTasks() {
    notebook.run("%%px\nint counter = 10;\ncounter += 5;").showsNothing();
    bothSay("%px counter", "15");
    notebook.run("Parallel.submit(() -> counter).get()").shows("15");
    notebook.run("counter").says("VariableElsewhereException", "counter lives on the workers");
  }

  @Test
  void theLocaleAndSystemPropertiesThatItSetsStay() {
    notebook
        .run("%%px\nSystem.setProperty(\"px.key\", \"kept\");\nLocale.setDefault(Locale.GERMANY);")
        .showsNothing();
    String look = "i -> System.getProperty(\"px.key\") + String.format(\" %.1f\", 0.5)";
    notebook.run("Parallel.map(List.of(1, 2), " + look + ")").shows("[kept 0,5, kept 0,5]");
    notebook
        .run("Parallel.map(List.of(1, 2), i -> System.setProperty(\"px.key\", \"of a task\"))")
        .shows("[kept, kept]");
    bothSay("%px System.getProperty(\"px.key\")", "kept");
    notebook
        .run("%%px\nSystem.clearProperty(\"px.key\");\nLocale.setDefault(Locale.ENGLISH);")
        .showsNothing();
    notebook.run("Parallel.map(List.of(1), " + look + ")").shows("[null 0.5]");
  }

  @Test
  void methodsAndClassesStayToo() {
    notebook
        .run(
            """
            %%px
            record Hit(int id, double score) {}
            var hits = new ArrayList<Hit>();
            int add(int id) {
              hits.add(new Hit(id, id / 2.0));
              return hits.size();
            }
            """)
        .showsNothing();
    notebook.run("Parallel.map(List.of(1, 2, 3, 4), i -> add(i)).size()").shows("4");
    notebook.run("%px --out sizes hits.size()").showsNothing();
    notebook.run("sizes.get(0) + sizes.get(1)").shows("4");
    notebook.run("%px --out lists new ArrayList<Hit>(hits)").showsNothing();
    notebook
        .run("lists.stream().flatMap(l -> l.stream()).mapToDouble(Hit::score).sum()")
        .shows("5.0");
  }

  @Test
  void theNotebooksVariablesAreTakenAlong() {
    notebook.run("int offset = 100;").showsNothing();
    notebook.run("%%px\nint shifted(int x) { return x + offset; }\nint first = shifted(1);");
    bothSay("%px first", "101");
    notebook.run("offset = 200").shows("200");
    bothSay("%px shifted(1)", "201");
    notebook.run("shifted(1)").shows("201");
  }

  @Test
  void errorsNameTheLineAndTheWorkers() {
    notebook
        .run("%%px\nint zero = 0;\nint broken = 1 / zero;\nSystem.out.println(\"never\");")
        .says("ArithmeticException", "/ by zero", "line 3", "workers 1, 2:");
    notebook.run("%px broken").says("the variable broken lives on the workers");
    bothSay("%px zero", "0");
    notebook.run("%%px\nint a = 1;\nint b = nowhere;").says("line 3", "nowhere");
  }

  @Test
  void outputComesFromEachWorker() {
    Notebook.Ran ran = notebook.run("%%px --group worker\nSystem.out.println(\"hello\");");
    ran.showsNothing();
    assertThat(ran.out()).matches("\\[worker \\d+\\] hello\n\\[worker \\d+\\] hello\n");
  }

  @Test
  void whatAGroupedCellLeavesRunningIsHeardToo() throws IOException {
    Path go = folder.resolve("go");
    Notebook.Ran ran =
        notebook.run(
            """
            %%%%px --group worker --once
            import java.util.concurrent.locks.LockSupport;
            System.out.println("early");
            Thread left = new Thread(() -> {
              while (!Files.exists(Path.of("%s"))) LockSupport.parkNanos(5_000_000);
              System.out.println("late");
            });
            left.start();
            """
                .formatted(go));
    ran.showsNothing();
    assertThat(ran.out().lines().filter(line -> line.endsWith("early"))).hasSize(2);

    Files.createFile(go);

    assertThat(
            Notebook.await(
                () -> ran.out().lines().filter(line -> line.endsWith("late")).count() == 2))
        .as(ran::out)
        .isTrue();
  }

  @Test
  void theNextCellSeesWhatWasRedefined() {
    notebook.run("%%px\nint version() { return 1; }\nint caller() { return version() * 10; }");
    bothSay("%px caller()", "10");
    notebook.run("%%px\nint version() { return 2; }").showsNothing();
    bothSay("%px caller()", "20");
    notebook.run("%%px\nString version = \"a\";").showsNothing();
    notebook.run("%%px\nversion += \"b\";").showsNothing();
    notebook.run("%%px\nString version = \"c\";").showsNothing();
    bothSay("%px version", "c");
    notebook.run("%%px\nint version = 7;").showsNothing();
    bothSay("%px version + 1", "8");
  }

  @Test
  void aWorkerThatTakesAnothersPlaceKnowsWhatThatKnew() {
    notebook.run("%%px\nint taught = 1;\ntaught += 10;").showsNothing();
    notebook.run("%%px --once\ntaught += 100;").showsNothing();
    notebook.run("long pid = ProcessHandle.current().pid();").showsNothing();
    notebook
        .run("%px --targets -1 Runtime.getRuntime().halt(3);")
        .says("WorkerLostException", "exit code 3");
    notebook.run("%workers 2").shown();
    notebook
        .run(
            "%px --out all taught\n"
                + "all.stream().sorted().map(String::valueOf).collect(Collectors.joining(\" \"))")
        .shows("11 111");
    notebook.run("%workers 0").shown();
    notebook.run("%workers 2").shown();
    notebook.run("%px --out all taught").showsNothing();
    notebook.run("all").shows("[11, 11]");
  }

  @Test
  void aCellThatEndsItsWorkersIsNotRunAgain() {
    notebook.run("%px System.exit(4);").says("WorkerLostException", "exit code 4");
    assertThat(notebook.run("%workers 2").shown()).contains("2 processes");
    notebook.run("%px 1 + 1").shown();
  }

  @Test
  void aReturnEndsTheCellThere() {
    notebook.run("%%px\nint early = 1;\nif (early == 1) return;\nearly = 2;").showsNothing();
    bothSay("%px early", "1");
    bothSay("%%px\nfor (int i = 0; i < 9; i++) { if (i == 3) return i; }\nearly = 3;\nearly", "3");
    bothSay("%px early", "1");
    notebook.run("%%px --local --out ends\nreturn \"end\";").showsNothing();
    notebook.run("ends").shows("[end, end]");
    bothSay("%%px\nif (early == 7) return new Object[] {7};\nearly + 1", "2");
  }

  @Test
  void someWorkersCanBeLeftOut() {
    notebook.run("%%px --targets -1\nint rare = 5;").showsNothing();
    assertThat(notebook.run("%px --targets ::-1 rare").description())
        .contains("the variable rare lives on the workers, but this one has none");
    notebook.run("%px --targets 99 rare").says("there is no worker 99", "--targets WORKERS");
  }

  @Test
  void theNotebookMayRunItToo() {
    notebook.run("%%px --local\nint both = 3;\nboth *= 2;").showsNothing();
    notebook.run("both").shows("6");
    notebook.run("both = 50").shows("50");
    notebook.run("Parallel.submit(() -> both).get()").shows("6");
  }

  @Test
  void aNameMeansWhatWasDeclaredLast() {
    notebook.run("int mine = 1;").showsNothing();
    notebook.run("%%px\nint mine = 2;").showsNothing();
    notebook.run("Parallel.submit(() -> mine).get()").shows("2");
    notebook.run("int mine = 3;").showsNothing();
    notebook.run("mine").shows("3");
    notebook.run("Parallel.submit(() -> mine).get()").shows("3");
    notebook.run("%%px\nint mine = 4;").showsNothing();
    notebook.run("mine").says("mine lives on the workers");
    notebook.run("Parallel.submit(() -> mine).get()").shows("4");
  }

  @Test
  void aCellNeedNotBeWaitedFor() {
    notebook.run("%px --noblock --out later 6 * 7").showsNothing();
    notebook.run("later.get(0).get() + later.get(1).get()").shows("84");
    notebook.run("%pxresult --tasks\n1").shows("1");
    notebook.run("List<Integer> values = %pxresult\nvalues.equals(List.of(42, 42))").shows("true");
    notebook.run("%px --noblock Thread.sleep(1)").shown();
    notebook.run("%pxresult").showsNothing();
    notebook
        .run("Object nothing = %pxresult\nnothing.equals(Arrays.asList(null, null))")
        .shows("true");
    notebook.run("%px --noblock int failing = 1 / 0;").shown();
    notebook.run("%pxresult").says("ArithmeticException");
  }

  @Test
  void anInterruptEndsTheCellAndLeavesTheWorkers() throws InterruptedException {
    notebook.run("%%px\nint survivor = 1;").showsNothing();
    notebook
        .interrupted("%%px\nSystem.out.println(\"busy\");\nwhile (survivor > 0) {}")
        .says("Interrupted");
    notebook.run("%px survivor").shown();
  }

  @Test
  void whatCannotTravelIsShownAsText() {
    notebook.run("%%px\nThread thread = new Thread(() -> {}, \"kept\");").showsNothing();
    assertThat(notebook.run("%px thread").shown()).contains("[worker ", "kept");
    notebook.run("%px --once thread.getName()").shown();
  }

  @Test
  void whatCannotTravelIsGivenNoName() {
    notebook.run("%%px --once\nThread here = new Thread(() -> {});").showsNothing();
    notebook
        .run("%px --out threads here")
        .says("NotShippableException", "result -> java.lang.Thread: threads stay where they run");
    notebook.run("threads").says("cannot find symbol");
    notebook.run("%px --noblock --out threads here").showsNothing();
    notebook.run("threads.get(0).get()").says("NotShippableException");
    notebook.run("int after = 7;").showsNothing();
    notebook.run("%px --out afters after").showsNothing();
    notebook.run("afters").shows("[7, 7]");
  }

  @Test
  void staticsOfItsClassesStayWithTheWorkers() {
    notebook
        .run("%%px\nclass Meter {\n  static int ticks;\n  static int tick() { return ++ticks; }\n}")
        .showsNothing();
    notebook.run("%px Meter.tick()").shown();
    notebook.run("%px --out ticks Meter.tick()").showsNothing();
    notebook.run("ticks").shows("[2, 2]");
    notebook.run("Parallel.over(List.of(1)).map(i -> Meter.tick())").shows("[3]");
  }

  @Test
  void objectsThatTasksLeaveAreOfTheNotebooksClasses() {
    notebook.run("record Found(int id) {}").showsNothing();
    notebook.run("Parallel.map(List.of(1, 2), i -> new Found(i).id())").shows("[1, 2]");
    notebook.run("%%px\nvar cache = new HashMap<Integer, Found>();").showsNothing();
    notebook
        .run("Parallel.map(List.of(1, 2, 3), i -> cache.put(i, new Found(i)) == null);")
        .shown();
    notebook.run("%px --out sums cache.values().stream().mapToInt(Found::id).sum()").showsNothing();
    notebook.run("sums.get(0) + sums.get(1)").shows("6");
    notebook.run("%px --out found new ArrayList<Found>(cache.values())").showsNothing();
    notebook
        .run("found.stream().flatMap(List::stream).allMatch(f -> f instanceof Found)")
        .shows("true");
  }

  @Test
  void whatShipsIsExplained() {
    notebook.run("%%px\nint there = 3;\nint alsoThere() { return there + 1; }").showsNothing();
    notebook.run("int here = 5;").showsNothing();
    assertThat(notebook.run("Parallel.explain(() -> alsoThere() + here)").description())
        .contains("variable there lives on the workers", "variable here: int");
  }

  @Test
  void aJarThatACellBringsReachesTheWorkers() throws IOException {
    Path source = folder.resolve("lib/Thrice.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        "package lib; public class Thrice { public static int of(int x) { return 3 * x; } }");
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-d",
                folder.resolve("classes").toString(),
                source.toString());
    assertThat(exit).isZero();
    notebook
        .run(
            "%%px\n%classpath "
                + folder.resolve("classes")
                + "\nimport lib.Thrice;\nint nine = Thrice.of(3);")
        .showsNothing();
    bothSay("%px nine + Thrice.of(1)", "12");
  }

  @Test
  void oneWorkerMayFailAlone() {
    notebook.run("%%px\nint turn = 0;\nint luck = 1;").showsNothing();
    notebook.run("%px --targets -1 --once turn = 1;").showsNothing();
    notebook
        .run("%%px --once\nint odd = 1 / (1 - turn);\nluck = 10;")
        .says("ArithmeticException", "line 2", "ran the cell to its end");
    notebook.run("%px --out lucky luck").showsNothing();
    notebook.run("lucky.stream().sorted().toList()").shows("[1, 10]");
  }

  @Test
  void cellsThereAndTasksShareWhatTheNotebookDeclares() {
    notebook
        .run(
            """
            int offset = 5;
            int shifted(int x) { return x + offset; }
            class Counted { int a = 1; private int b = 2; int both() { return a + b; } }
            int before(int x) { return shifted(x) + new Counted().a; }
            Function<Integer, Object> early = x -> before(x) + new Counted().both();
            """)
        .showsNothing();
    notebook.run("Parallel.map(List.of(1), early)").shows("[10]");

    bothSay("%px shifted(1) + new Counted().a", "7");

    notebook.run("Parallel.map(List.of(1), early)").shows("[10]");
    notebook.run("Parallel.map(List.of(1), x -> shifted(x) + new Counted().both())").shows("[9]");
    notebook.run("int shifted(int x) { return -x; }").showsNothing();
    notebook.run("Parallel.map(List.of(1), early)").shows("[3]");
    bothSay("%px shifted(1) + new Counted().a", "0");
  }

  @Test
  void tasksCallWhatACellThereDeclaresWithoutVariables() {
    notebook.run("%%px\nint squared(int x) { return x * x; }\nclass Pair { int a = 1, b = 2; }");

    notebook.run("Parallel.map(List.of(3), x -> squared(x) + new Pair().b)").shows("[11]");
  }
}
