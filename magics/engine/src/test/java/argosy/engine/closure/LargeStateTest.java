package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.ResultMemory;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// State that is too large to be rebuilt for each task is kept, and no task sees that it is.
class LargeStateTest {

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

  /// Each changes something large and returns what it finds.
  static Stream<List<String>> changes() {
    return Stream.of(
        List.of("double[] a = new double[20_000];", "Callable<Object> f = () -> ++a[7] + a[8];"),
        List.of("boolean[] a = new boolean[90_000];", "Callable<Object> f = () -> a[7] ^= true;"),
        List.of(
            "double[] a = new double[20_000]; a[1] = 0.0;",
            "Callable<Object> f = () -> { double old = 1 / a[1]; a[1] = -0.0; return old; };"),
        List.of(
            "List<String> l = new ArrayList<>(Collections.nCopies(20_000, \"text\"));",
            "Callable<Object> f = () -> { l.add(\"x\"); return l.size(); };"),
        List.of(
            "Map<Integer, String> m = new HashMap<>(); for (int i = 0; i < 9_000; i++) m.put(i,"
                + " \"v\" + i);",
            "Callable<Object> f = () -> m.put(3, \"changed\");"),
        List.of(
            "List<double[]> l = new ArrayList<>(); for (int i = 0; i < 9; i++) l.add(new"
                + " double[9_000]);",
            "Callable<Object> f = () -> ++l.get(4)[5];"),
        List.of(
            "class Bean { int v; String s = \"x\".repeat(40_000) + v; }",
            "List<Bean> l = new ArrayList<>(); for (int i = 0; i < 5; i++) l.add(new Bean());",
            "Callable<Object> f = () -> ++l.get(2).v;"),
        List.of(
            "class Bean { transient int seen; String s = \"bean\"; }",
            "List<Bean> l = new ArrayList<>(); for (int i = 0; i < 20_000; i++) l.add(new Bean());",
            "Callable<Object> f = () -> ++l.get(2).seen;"),
        List.of(
            "class K { static long[][] t = new long[90][200]; }",
            "K.t[1][1] = 5;",
            "Callable<Object> f = () -> ++K.t[1][1];"),
        List.of(
            "enum E { A; Object[] o = new Object[40_000]; }",
            "E.A.o[0] = 1;",
            "Callable<Object> f = () -> E.A.o[0] = 1 + (Integer) E.A.o[0];"),
        List.of(
            "enum E { A; double[] d = new double[40_000]; }",
            "E.A.d[0] = 1;",
            "Callable<Object> f = () -> ++E.A.d[0];"),
        List.of(
            "Callable<Object> make() { int[] n = new int[50_000]; return () -> ++n[9]; }",
            "Callable<Object> f = make();"),
        List.of(
            "Callable<Object> make() { var l = new ArrayList<Integer>(Collections.nCopies(70_000,"
                + " 1)); return () -> { l.set(2, l.get(2) + 1); return l.get(2); }; }",
            "Callable<Object> f = make();"),
        List.of(
            "StringBuilder s = new StringBuilder(\"x\".repeat(70_000));",
            "Callable<Object> f = () -> s.append('x').length();"),
        List.of(
            "double[] a = new double[20_000]; double[] b = a;",
            "Callable<Object> f = () -> { a[3] += 1; return b[3]; };"),
        List.of(
            "double[] a = new double[20_000]; List<Object> l = new"
                + " ArrayList<>(Collections.nCopies(70_000, 1)); l.add(a);",
            "Callable<Object> f = () -> { a[3] += 1; return ((double[]) l.get(70_000))[3]; };"),
        List.of(
            "double[] a = new double[20_000]; double[] b = new double[20_000];",
            "Callable<Object> f = () -> { a[3] += 1; return b[3]; };"),
        List.of(
            "class P { int v; } P p = new P(); List<Object> l = new"
                + " ArrayList<>(Collections.nCopies(70_000, 1)); l.add(p);",
            "Callable<Object> f = () -> { p.v++; return ((P) l.get(70_000)).v; };"),
        List.of(
            "class P { int v; } List<P> l = new ArrayList<>(); for (int i = 0; i < 9_000; i++)"
                + " l.add(new P()); Map<String, P> m = new HashMap<>(); for (P p : l) m.put(\"key\""
                + " + m.size(), p);",
            "Callable<Object> f = () -> { l.get(5).v++; return m.get(\"key5\").v; };"),
        List.of(
            "java.nio.ByteBuffer b = java.nio.ByteBuffer.allocateDirect(70_000);",
            "Callable<Object> f = () -> { b.put(3, (byte) (b.get(3) + 1)); return b.get(3); };"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void startsEachTaskFromTheSnapshot(List<String> cells) throws Throwable {
    Object function = NOTEBOOK.run(cells.toArray(String[]::new));
    Shipment shipment = Shipment.of(NOTEBOOK.host(), function, worker);

    Object first = shipment.run();
    List<@org.jspecify.annotations.Nullable Object> later =
        List.of(shipment.run(), shipment.run(), shipment.run(), shipment.run(), shipment.run());

    assertThat(later).containsOnly(first);
    assertThat(Shipment.runHere(function, null)).as("the notebook saw nothing").isEqualTo(first);
  }

  @Test
  void buildsAnArrayOnceThatNoTaskChanges() throws Throwable {
    Shipment shipment =
        ship(
            "double[] a = new double[20_000]; Arrays.setAll(a, i -> i);",
            "Callable<Object> f = () -> { double s = 0; for (double x : a) s += x; return s; };");
    for (int i = 0; i < 10; i++) {
      assertThat(shipment.run()).isEqualTo(199_990_000.0);
    }

    assertThat(worker.counts().valuesBuilt()).isLessThanOrEqualTo(1);
  }

  @Test
  void buildsACollectionOnceThatNoTaskChanges() throws Throwable {
    Shipment shipment =
        ship(
            "Map<Integer, String> m = new TreeMap<>(); for (int i = 0; i < 9_000; i++) m.put(i,"
                + " \"v\" + i);",
            "Function<Integer, Object> f = i -> m.get(i).hashCode() + m.size();");
    Object expected = shipment.run(7);
    for (int i = 0; i < 10; i++) {
      assertThat(shipment.run(7)).isEqualTo(expected);
    }

    assertThat(worker.counts().partsBuilt()).isEqualTo(1);
    assertThat(worker.counts().partsKept()).isEqualTo(10);
  }

  @Test
  void buildsAnewWhatAFailedTaskChanged() throws Throwable {
    Shipment shipment =
        ship(
            "int[] a = new int[30_000]; List<Integer> l = new"
                + " ArrayList<>(Collections.nCopies(70_000, 1));",
            "Function<Integer, Object> f = x -> { a[1]++; l.add(1); if (x < 0) throw new"
                + " IllegalStateException(); return a[1] + l.size(); };");

    assertThat(catchThrowable(() -> shipment.run(-1))).isInstanceOf(IllegalStateException.class);
    assertThat(shipment.run(1)).isEqualTo(70_002);
    assertThat(catchThrowable(() -> shipment.run(-1))).isInstanceOf(IllegalStateException.class);
    assertThat(shipment.run(1)).isEqualTo(70_002);
  }

  @Test
  void buildsOneArrayForSeveralJobsThatCaptureIt() throws Throwable {
    NOTEBOOK.run("double[] a = new double[20_000]; a[5] = 5;");
    Shipment one = ship("Callable<Object> f = () -> a[5] + 1;");
    Shipment other = ship("Callable<Object> g = () -> a[5] + 2;");

    assertThat(one.run()).isEqualTo(6.0);
    assertThat(other.run()).isEqualTo(7.0);
    assertThat(one.capture().values()).isEqualTo(other.capture().values());
    assertThat(worker.counts().valuesBuilt()).isLessThanOrEqualTo(1);
  }

  @Test
  void returnsAndTakesLargeStateItself() throws Throwable {
    Shipment shipment =
        ship(
            "double[] a = new double[20_000]; a[5] = 5;",
            "Function<double[], Object> f = x -> { a[5] += x[0]; return a; };");

    double[] input = new double[20_000];
    input[0] = 3;
    double[] first = (double[]) Objects.requireNonNull(shipment.run(input));
    double[] second = (double[]) Objects.requireNonNull(shipment.run(input));

    assertThat(first[5]).isEqualTo(8.0);
    assertThat(second[5]).isEqualTo(8.0);
    assertThat(input[0]).isEqualTo(3);
  }

  @Test
  void storesANewValueOnlyForTheElementThatChanged() throws Throwable {
    NOTEBOOK.run(
        "List<double[]> l = new ArrayList<>(); for (int i = 0; i < 9; i++) { l.add(new"
            + " double[9_000]); l.get(i)[0] = i; }");
    Shipment before = ship("Callable<Object> f = () -> l.get(4)[5];");
    NOTEBOOK.run("l.get(4)[5] = 1;");
    Shipment after = ship("Callable<Object> f = () -> l.get(4)[5];");

    assertThat(before.run()).isEqualTo(0.0);
    assertThat(after.run()).isEqualTo(1.0);
    assertThat(after.capture().values()).hasSize(9);
    assertThat(after.capture().values().stream().filter(before.capture().values()::contains))
        .hasSize(8);
  }
}
