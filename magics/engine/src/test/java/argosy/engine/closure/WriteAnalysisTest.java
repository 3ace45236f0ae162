package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.PartUse;
import argosy.wire.ValueUse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which large state a function provably only reads.
class WriteAnalysisTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  private static final List<String> VARIABLES =
      List.of(
          "double[] a = new double[20_000]; int[] n = new int[40_000]; double[][] m = {new"
              + " double[9_000], new double[9_000]};",
          "Map<String, double[]> named = new HashMap<>(); named.put(\"x\", new double[30_000]);",
          "class Box { double[] v = new double[10_000]; int count; Box() { } Box(double[] v) {"
              + " this.v = v; } double first() { return v[0]; } void bump() { count++; } }",
          "Box box = new Box(); List<Integer> small = new ArrayList<>();",
          "record Pair(double[] left, double[] right) {}",
          "Pair pair = new Pair(new double[12_000], new double[12_000]);",
          "double sum(double[] x) { double s = 0; for (double v : x) s += v; return s; }",
          "void fill(double[] x, double v) { for (int i = 0; i < x.length; i++) x[i] = v; }",
          "double[] same(double[] x) { return x; }",
          "double[] copy(double[] x) { double[] y = new double[x.length]; for (int i = 0; i <"
              + " x.length; i++) y[i] = x[i]; return y; }");

  static Stream<String> reading() {
    return Stream.of(
        "Callable<Object> f = () -> { double s = 0; for (double x : a) s += x; return s; };",
        "Callable<Object> f = () -> sum(a);",
        "Callable<Object> f = () -> Arrays.stream(a).map(x -> x * 2).sum();",
        "Callable<Object> f = () -> { double[] b = new double[a.length]; for (int i = 0; i <"
            + " b.length; i++) b[i] = a[i] + 1; return b; };",
        "Callable<Object> f = () -> { double[] b = a.clone(); Arrays.fill(b, 1); b[0] = 2; return"
            + " b; };",
        "Callable<Object> f = () -> { double[] b = Arrays.copyOf(a, 3); b[1] = 5; return b; };",
        "Callable<Object> f = () -> { double[] b = copy(a); fill(b, 2); return sum(b); };",
        "Function<double[], Object> f = x -> { x[0] = a[0]; fill(x, 2); return x; };",
        "Callable<Object> f = () -> { var r = new Random(7); double[] s = new double[100]; for (int"
            + " i = 0; i < 100; i++) s[i] = a[r.nextInt(a.length)]; return sum(s); };",
        "Callable<Object> f = () -> { double t = 0; for (double[] row : m) for (double x : row) t"
            + " += x; return t; };",
        "Callable<Object> f = () -> named.get(\"x\")[5] + named.size();",
        "Callable<Object> f = () -> box.first() + box.v[3];",
        "Callable<Object> f = () -> pair.left()[0] + pair.right()[1];",
        "Callable<Object> f = () -> { switch (n[0]) { case 0: return a[1] > 2 ? \"x\" : \"y\" +"
            + " n[3]; default: return null; } };",
        "Callable<Object> f = () -> { List<Double> l = new ArrayList<>(); for (double x : a) if (x"
            + " > 1) l.add(x); l.sort(null); return l; };",
        "Callable<Object> f = () -> { long c = 0; try { c += a.length / n[0]; } catch"
            + " (ArithmeticException e) { c--; } return c; };",
        "Callable<Object> f = () -> { System.out.println(\"sum \" + a[0]); return"
            + " String.format(\"%s\", n[2] + \"\"); };",
        "Callable<Object> f = () -> IntStream.range(0, 10).mapToObj(i -> a[i] +"
            + " n[i]).collect(Collectors.toList());");
  }

  static Stream<String> writing() {
    return Stream.of(
        "Callable<Object> f = () -> a[0]++;",
        "Callable<Object> f = () -> { double[] b = a; b[0] = 1; return 1; };",
        "Callable<Object> f = () -> { fill(a, 1); return 1; };",
        "Callable<Object> f = () -> { same(a)[1] = 2; return 1; };",
        "Callable<Object> f = () -> { Arrays.sort(a); return 1; };",
        "Callable<Object> f = () -> { System.arraycopy(n, 0, n, 1, 5); return 1; };",
        "Callable<Object> f = () -> { Arrays.setAll(a, i -> i); return 1; };",
        "Callable<Object> f = () -> { m[1][2] = 3; return 1; };",
        "Callable<Object> f = () -> { for (double[] row : m) row[0] = 1; return 1; };",
        "Callable<Object> f = () -> { named.get(\"x\")[0] = 1; return 1; };",
        "Callable<Object> f = () -> { named.values().forEach(v -> v[0] = 1); return 1; };",
        "Callable<Object> f = () -> { box.v[0] = 1; return 1; };",
        "Callable<Object> f = () -> { new Box(a).v[0] = 1; return 1; };",
        "Callable<Object> f = () -> { List<double[]> l = new ArrayList<>(); l.add(a); l.get(0)[0] ="
            + " 1; return 1; };",
        "Callable<Object> f = () -> { double[][] t = new double[2][]; t[0] = a; t[0][0] = 1; return"
            + " 1; };",
        "Callable<Object> f = () -> { double[] b = a.length > 3 ? a : new double[1]; b[0] = 1;"
            + " return 1; };",
        "Callable<Object> f = () -> { Consumer<double[]> c = Arrays::sort; c.accept(a); return 1;"
            + " };",
        "Callable<Object> f = () -> { Runnable r = () -> a[0] = 1; r.run(); return 1; };",
        "Callable<Object> f = () -> { java.lang.reflect.Array.setDouble(a, 0, 1); return 1; };",
        "Callable<Object> f = () -> { java.nio.DoubleBuffer.wrap(a).put(0, 1); return 1; };",
        "Callable<Object> f = () -> { pair.right()[0] = 1; return 1; };",
        "Callable<Object> f = () -> { Stream.of(a, a).forEach(x -> x[0] = 1); return 1; };");
  }

  private static List<ValueUse> values(String function) {
    return Shipment.of(NOTEBOOK, NOTEBOOK.run(function)).capture().closure().values();
  }

  private static void define() {
    NOTEBOOK.forget();
    NOTEBOOK.run(VARIABLES.toArray(String[]::new));
  }

  @Test
  void seesThatCodeOnlyReads() {
    define();
    assertThat(reading())
        .allSatisfy(
            function -> assertThat(values(function)).isNotEmpty().allMatch(ValueUse::isReadOnly));
  }

  @Test
  void seesEveryWayToWrite() {
    define();
    assertThat(writing())
        .allSatisfy(function ->
            assertThat(values(function)).isNotEmpty().anyMatch(use -> !use.isReadOnly()));
  }

  @Test
  void tellsVariablesApart() {
    define();

    assertThat(values("Callable<Object> f = () -> { small.add(n[0]); return a[0]++; };"))
        .hasSize(2)
        .filteredOn(ValueUse::isReadOnly)
        .hasSize(1);
    assertThat(values("Callable<Object> f = () -> { small.add(n[0]); box.bump(); return a[0]; };"))
        .hasSize(3)
        .allMatch(ValueUse::isReadOnly);
  }

  static Stream<List<String>> parts() {
    return Stream.of(
        List.of("true", "Callable<Object> f = () -> words.get(5).length() + words.size();"),
        List.of(
            "true", "Callable<Object> f = () -> words.stream().filter(w -> w.isEmpty()).count();"),
        List.of(
            "true",
            "Callable<Object> f = () -> { var c = new ArrayList<>(words); Collections.reverse(c);"
                + " return c; };"),
        List.of("false", "Callable<Object> f = () -> words.add(\"x\");"),
        List.of("false", "Callable<Object> f = () -> { Collections.reverse(words); return 1; };"),
        List.of(
            "false",
            "Callable<Object> f = () -> { var i = words.iterator(); i.next(); i.remove(); return 1;"
                + " };"),
        List.of("false", "Callable<Object> f = () -> { words.subList(0, 3).clear(); return 1; };"),
        List.of(
            "false",
            "Callable<Object> f = () -> Stream.of(\"x\").collect(Collectors.toCollection(() ->"
                + " words)).size();"),
        List.of(
            "false",
            "Callable<Object> f = () -> { java.util.concurrent.ForkJoinPool.commonPool().submit(()"
                + " -> words).get().clear(); return 1; };"),
        List.of("false", "Callable<Object> f = () -> recent.get(3);"));
  }

  @ParameterizedTest
  @MethodSource
  void parts(List<String> readOnlyAndFunction) {
    NOTEBOOK.forget();
    NOTEBOOK.run(
        "List<String> words = new ArrayList<>(Collections.nCopies(70_000, \"w\"));",
        "Map<Integer, String> recent = new LinkedHashMap<>(16, 0.75f, true); for (int i = 0; i <"
            + " 9_000; i++) recent.put(i, \"r\" + i);");

    List<PartUse> parts =
        Shipment.of(NOTEBOOK, NOTEBOOK.run(readOnlyAndFunction.get(1))).capture().closure().parts();

    assertThat(parts).hasSize(1);
    assertThat(parts.getFirst().isReadOnly())
        .isEqualTo(Boolean.valueOf(readOnlyAndFunction.getFirst()));
  }
}
