package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is defined again in a cell, as the workers see it.
@Timeout(900)
class RedefinitionIT {

  @TempDir static Path folder;
  private static Notebook notebook;

  @BeforeAll
  static void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 1").shown();
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  /// A task that says when it has started, and ends when it may.
  private static void startGated(String name, String body) throws IOException {
    Path started = folder.resolve(name + ".started");
    Path go = folder.resolve(name + ".go");
    notebook
        .run(
            """
            Path started%1$s = Path.of("%2$s"), go%1$s = Path.of("%3$s");
            var %1$s = Parallel.submit(() -> {
              Files.createFile(started%1$s);
              while (!Files.exists(go%1$s)) {
                Thread.sleep(2);
              }
              return %4$s;
            });
            while (!Files.exists(started%1$s)) {
              Thread.sleep(2);
            }
            """
                .formatted(name, started, go, body))
        .showsNothing();
  }

  private static void go(String name) throws IOException {
    Files.createFile(folder.resolve(name + ".go"));
  }

  @Test
  void aClassOfAPackageWithAnotherShape() {
    notebook.run("package geo;\npublic record Spot(int x) {}").showsNothing();
    notebook
        .run("import geo.Spot;\nParallel.map(List.of(1), i -> new Spot(i))")
        .shows("[Spot[x=1]]");
    notebook
        .run(
            "package geo;\npublic record Spot(int x, int y) { static class In { } "
                + "public String name() { return getClass().getSimpleName() + new In().getClass().getSimpleName(); } }")
        .showsNothing();
    notebook
        .run(
            "var spots = Parallel.map(List.of(1, 2), i -> new Spot(i, 7));\n"
                + "spots + Parallel.map(spots, s -> s.y() + s.name()).toString()")
        .shows("[Spot[x=1, y=7], Spot[x=2, y=7]][7SpotIn, 7SpotIn]");
  }

  @Test
  void aRunningTaskKeepsTheOldBodyAndTheNextOneHasTheNew() throws IOException {
    notebook.run("int inner() { return 1; }\nint outer() { return inner() * 10; }").showsNothing();
    notebook.run("Callable<Integer> unchanged = () -> outer();").showsNothing();
    startGated("slow", "outer()");
    notebook.run("int inner() { return 2; }").showsNothing();
    go("slow");
    notebook.run("slow.get()").shows("10");
    notebook.run("Parallel.submit(unchanged).get()").shows("20");
  }

  @Test
  void aResultUnderWayIsAnInstanceOfTheClassThatTheTaskKnew() throws IOException {
    notebook.run("record Under(int x) {}").showsNothing();
    startGated("way", "new Under(1)");
    notebook.run("record Under(int x, int y) {}").showsNothing();
    go("way");
    notebook
        .run("Object old = way.get();\nold + \" \" + (old instanceof Under)")
        .shows("Under[x=1] false");
    notebook.run("Parallel.submit(() -> new Under(1, 2)).get() instanceof Under").shows("true");
  }

  @Test
  void oneDefinitionIsOneClassOnAWorker() {
    notebook.run("class Once { int n = 3; }\nOnce once = new Once();").showsNothing();
    notebook
        .run("int a = Parallel.submit(() -> System.identityHashCode(Once.class)).get();")
        .showsNothing();
    notebook
        .run("a == Parallel.submit(() -> System.identityHashCode(once.getClass())).get()")
        .shows("true");
    notebook
        .run(
            "Parallel.map(List.of(once), o -> o instanceof Once && o.getClass() == once.getClass())")
        .shows("[true]");
  }

  @Test
  void oldInstancesRunTheNewBodyOfAMethod() {
    notebook.run("class Body { int n = 2; int get() { return n; } }").showsNothing();
    notebook.run("Body kept = new Body(); List<Body> more = List.of(kept);").showsNothing();
    notebook.run("class Body { int n = 2; int get() { return n * 100; } }").showsNothing();
    notebook.run("kept.get() + Parallel.map(more, b -> b.get() + kept.get()).get(0)").shows("600");
  }

  @Test
  void oldConstantsStayWhatTheyAreWhenAnEnumGetsAnother() {
    notebook
        .run(
            "enum Kind { A, B }\nMap<String, Object> kinds = new HashMap<>(Map.of(\"k\", Kind.B));")
        .showsNothing();
    notebook.run("enum Kind { A, MID, B }").showsNothing();
    notebook
        .run(
            "Parallel.submit(() -> (kinds.get(\"k\") == (Object) Kind.B) + \" \" + kinds.get(\"k\") + Kind.values().length).get()")
        .shows("false B3");
    notebook.run("Parallel.submit(() -> Kind.MID).get() == Kind.MID").shows("true");
  }

  @Test
  void aSuperclassMayChangeItsBodyUnderItsSubclasses() {
    notebook
        .run(
            "class Base { int f() { return 1; } }\nclass Sub extends Base { int g() { return f() + 1; } }")
        .showsNothing();
    notebook.run("Sub sub = new Sub();").showsNothing();
    notebook.run("Parallel.submit(() -> sub.g()).get()").shows("2");
    notebook.run("class Base { int f() { return 41; } }").showsNothing();
    notebook.run("Parallel.submit(() -> sub.g() + new Sub().g()).get()").shows("84");
  }

  @Test
  void anOverloadIsAnotherMethod() {
    notebook.run("String kind(Object o) { return \"object\"; }").showsNothing();
    notebook.run("Supplier<String> late = () -> kind(\"s\");").showsNothing();
    notebook.run("String kind(String s) { return \"text\"; }").showsNothing();
    notebook
        .run("Parallel.submit(() -> late.get() + kind(\"s\") + kind(1)).get()")
        .shows("objecttextobject");
  }

  @Test
  void anInterfaceThatGetsAMethodLeavesItsOldLambdasAlone() {
    notebook.run("interface Op { int go(int x); }\nObject plain = (Op) x -> x + 1;").showsNothing();
    notebook
        .run("interface Op { int go(int x); default int twice(int x) { return go(go(x)); } }")
        .showsNothing();
    notebook.run("Op fresh = x -> x * 3;").showsNothing();
    notebook
        .run("Parallel.submit(() -> fresh.twice(2) + \" \" + (plain instanceof Op)).get()")
        .shows("18 false");
  }

  @Test
  void aVariableMayBeDeclaredAgainWithAnotherType() {
    notebook.run("int v = 1;\nString through() { return \"<\" + v + \">\"; }").showsNothing();
    notebook.run("Parallel.submit(() -> through()).get()").shows("<1>");
    notebook.run("List<String> v = List.of(\"a\");").showsNothing();
    notebook.run("Parallel.submit(() -> through() + v.size()).get()").shows("<[a]>1");
  }

  /// A worker keeps some hundred closures, each with the definitions that it was captured with.
  /// From then on one goes for each that comes.
  @Test
  void closuresOfRedefinedMethodsDoNotAddUpOnTheWorker() {
    redefineAndRun(0, 300);
    int before = classesOnTheWorker();
    redefineAndRun(300, 600);
    int after = classesOnTheWorker();

    assertThat(after - before).isLessThan(100);
  }

  private static void redefineAndRun(int from, int to) {
    for (int i = from; i < to; i++) {
      notebook
          .run("int grown() { return %d; }\nParallel.submit(() -> grown()).get()".formatted(i))
          .shows(Integer.toString(i));
    }
  }

  private static int classesOnTheWorker() {
    return Integer.parseInt(
        notebook
            .run(
                """
                Parallel.submit(() -> {
                  System.gc();
                  return java.lang.management.ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
                }).get()
                """)
            .shown());
  }

  @Test
  void aCapturedTaskStandsForItsValue() {
    notebook.run("var done = Parallel.submit(() -> 20);").showsNothing();
    notebook.run("done.get();\nParallel.submit(() -> done.get() * 2 + 2).get()").shows("42");
  }
}
