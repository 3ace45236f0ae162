package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.ResultMemory;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every task starts from the snapshot, and the notebook never sees what a task did.
class IsolationTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  @BeforeEach
  void forget() {
    NOTEBOOK.forget();
  }

  /// Each changes something and returns what it was before and is now.
  static Stream<List<String>> changes() {
    return Stream.of(
        List.of("int n = 1;", "Callable<Object> f = () -> ++n;"),
        List.of(
            "List<Integer> l = new ArrayList<>();",
            "Callable<Object> f = () -> { l.add(1); return l.size(); };"),
        List.of("int[] a = {1};", "Callable<Object> f = () -> ++a[0];"),
        List.of(
            "Map<String, Integer> m = new HashMap<>();",
            "Callable<Object> f = () -> { m.merge(\"a\", 1, Integer::sum); return m; };"),
        List.of(
            "class Bean { int v; }", "Bean b = new Bean();", "Callable<Object> f = () -> ++b.v;"),
        List.of("class K { static int n = 5; }", "Callable<Object> f = () -> ++K.n;"),
        List.of("class K { static int n = 5; }", "K.n = 6;", "Callable<Object> f = () -> ++K.n;"),
        List.of(
            "class K { static List<Integer> l = new ArrayList<>(); static int add() { l.add(1); return l.size(); } }",
            "Callable<Object> f = () -> K.add();"),
        List.of(
            "interface K { List<Integer> L = new ArrayList<>(); }",
            "Callable<Object> f = () -> { K.L.add(1); return K.L.size(); };"),
        List.of(
            "interface K { List<Integer> L = new ArrayList<>(); }",
            "K.L.size();",
            "Callable<Object> f = () -> { K.L.add(1); return K.L.size(); };"),
        List.of("enum E { A; int n; }", "E e = E.A;", "Callable<Object> f = () -> ++e.n;"),
        List.of("enum E { A; int n; }", "Callable<Object> f = () -> ++E.A.n;"),
        List.of(
            "enum E { A; final List<Integer> l = new ArrayList<>(); }",
            "E.A.l.size();",
            "Callable<Object> f = () -> { E.A.l.add(1); return E.A.l.size(); };"),
        List.of(
            "Callable<Object> make() { int[] n = {0}; return () -> ++n[0]; }",
            "Callable<Object> f = make();"),
        List.of(
            "Iterator<Integer> it() { return new Iterator<>() { int i; public boolean hasNext() { return true; } public Integer next() { return i++; } }; }",
            "Iterator<Integer> i = it();",
            "Callable<Object> f = () -> i.next();"),
        List.of("Random r = new Random(5);", "Callable<Object> f = () -> r.nextInt();"),
        List.of(
            "StringBuilder s = new StringBuilder();",
            "Callable<Object> f = () -> s.append('x').length();"),
        List.of(
            "class Lazy { static class Holder { static final long[] T = new long[] {0}; } }",
            "Callable<Object> f = () -> ++Lazy.Holder.T[0];"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void startsEachTaskFromTheSnapshot(List<String> cells) throws Throwable {
    Object function = NOTEBOOK.run(cells.toArray(String[]::new));
    Shipment shipment = Shipment.of(NOTEBOOK, function);

    Object first = shipment.run();
    Object second = shipment.run();
    Object third = shipment.run();

    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(Shipment.runHere(function, null)).as("the notebook saw nothing").isEqualTo(first);
  }

  @Test
  void startsFromTheSnapshotAfterAFailure() throws Throwable {
    Shipment shipment =
        Shipment.of(
            NOTEBOOK,
            NOTEBOOK.run(
                "int n = 1;",
                "Function<Integer, Object> f = x -> { n += 10; if (x < 0) throw new RuntimeException(); return n; };"));

    assertThat(catchThrowable(() -> shipment.run(-1))).isInstanceOf(RuntimeException.class);
    assertThat(shipment.run(1)).isEqualTo(11);
  }

  @Test
  void doesNotSeeWhatTheNotebookChangesLater() throws Throwable {
    Shipment shipment =
        Shipment.of(
            NOTEBOOK,
            NOTEBOOK.run(
                "int n = 1; List<Integer> l = new ArrayList<>(List.of(1));",
                "Callable<Object> f = () -> n + l.size();"));
    NOTEBOOK.run("n = 100;", "l.add(2);");

    assertThat(shipment.run()).isEqualTo(2);
  }

  @Test
  void keepsTwoJobsOfOneWorkerApart() throws Throwable {
    ClosureRuntime worker = new ClosureRuntime(getClass().getClassLoader(), ResultMemory.NONE);
    Object function = NOTEBOOK.run("int n = 1;", "Callable<Object> f = () -> ++n;");
    Shipment first = Shipment.of(NOTEBOOK.host(), function, worker);
    NOTEBOOK.run("n = 50;");
    Shipment second = Shipment.of(NOTEBOOK.host(), function, worker);

    assertThat(first.run()).isEqualTo(2);
    assertThat(second.run()).isEqualTo(51);
    assertThat(first.run()).isEqualTo(2);
    assertThat(worker.worldCount()).isEqualTo(1);
  }

  @Test
  void growsWithWhatAnInputBringsWithoutLookingAgainAtTheRest() throws Throwable {
    NOTEBOOK.run(
        "int factor = 3; List<Integer> seen = new ArrayList<>();",
        "interface Job { Object go(); }",
        "class Times implements Job { int v; Times(int v) { this.v = v; } public Object go() { return v * factor + seen.size(); } }");
    Shipment shipment =
        Shipment.of(
            NOTEBOOK, NOTEBOOK.run("Function<Job, Object> f = j -> j.go() + \"/\" + seen.size();"));
    Object input = NOTEBOOK.run("new Times(5)");
    NOTEBOOK.run("seen.add(1);");

    assertThat(shipment.run(input)).isEqualTo("15/0");
  }

  @Test
  void readsTheNotebooksVariablesInALambdaThatCameBack() throws Throwable {
    Shipment shipment =
        Shipment.of(
            NOTEBOOK,
            NOTEBOOK.run(
                "int base = 5;",
                "Callable<Object> f = () -> (Function<Integer, Integer>) x -> x + base;"));

    @SuppressWarnings("unchecked")
    Function<Integer, Integer> back =
        (Function<Integer, Integer>) Objects.requireNonNull(shipment.run());
    NOTEBOOK.run("base = 100;");

    assertThat(back.apply(1)).isEqualTo(101);
  }

  @Test
  void bringsBackInstancesOfTheNotebooksOwnClasses() throws Throwable {
    NOTEBOOK.run("enum C { A, B }", "record P(int x, C c) {}");
    Shipment shipment =
        Shipment.of(
            NOTEBOOK, NOTEBOOK.run("Callable<Object> f = () -> List.of(new P(1, C.B), C.A);"));

    List<?> result = (List<?>) Objects.requireNonNull(shipment.run());

    assertThat(result.get(0)).isEqualTo(NOTEBOOK.run("new P(1, C.B)"));
    assertThat(result.get(1)).isSameAs(NOTEBOOK.run("C.A"));
  }

  @Test
  void namesTheSameClosureTheSame() {
    Object function =
        NOTEBOOK.run(
            "int n = 1; List<Integer> l = new ArrayList<>(List.of(1));",
            "Callable<Object> f = () -> n + l.size();");

    var first = Shipment.of(NOTEBOOK, function).capture().closure();
    var second = Shipment.of(NOTEBOOK, function).capture().closure();

    assertThat(second).isEqualTo(first);
  }
}
