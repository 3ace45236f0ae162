package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import argosy.Explanation;
import argosy.Explanation.Part;
import argosy.Explanation.ShippedClass;
import argosy.Explanation.Variable;
import argosy.Explanation.Write;
import argosy.engine.memory.ValueStore;
import argosy.wire.ContentId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a report says about a function.
class ExplanationTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  @BeforeEach
  void forget() {
    NOTEBOOK.forget();
  }

  private static Explanation explain(String... cells) {
    return Explainer.explain(
        NOTEBOOK.host(),
        Objects.requireNonNull(NOTEBOOK.run(cells)),
        new ValueStore(null),
        Knowledge.NONE);
  }

  private static Stream<String> texts(Part part) {
    return Stream.concat(
        Stream.of(part.text()), part.parts().stream().flatMap(ExplanationTest::texts));
  }

  @Test
  void measuresLargeValuesWithoutACopyOfThem() {
    Explanation explanation =
        explain(
            "double[] numbers = new double[1_000_000]; Object[] four = {numbers, new int[100_000],"
                + " new byte[100_000], \"x\".repeat(100_000)};",
            "Function<Integer, Object> f = x -> four.length + numbers.length;");

    assertThat(explanation.variables())
        .extracting(Variable::name, each -> each.bytes() / 1000)
        .containsExactlyInAnyOrder(
            tuple("variable numbers", 8_000L), tuple("variable four", 8_600L));
  }

  @Test
  void namesVariablesWithTypeAndSize() {
    Explanation explanation =
        explain(
            "record City(String name) {}",
            "List<City> cities = List.of(new City(\"Oslo\"));",
            "int base = 5;",
            "class Config { static double limit = 2; }",
            "Config.limit = 3;",
            "Function<Integer, Object> make(String k) { return x -> k + base + cities + Config.limit; }",
            "Function<Integer, Object> f = make(\"abc\");");

    assertThat(explanation.variables())
        .extracting(Variable::name, Variable::type)
        .containsExactlyInAnyOrder(
            tuple("captured k", "String"),
            tuple("variable base", "int"),
            tuple("variable cities", "List<City>"),
            tuple("static Config.limit", "double"));
    assertThat(explanation.variables()).allMatch(variable -> variable.bytes() > 1);
    assertThat(explanation.classes()).extracting(ShippedClass::name).contains("City", "Config");
  }

  @Test
  void drawsWhatTheCodeReachesAsATree() {
    Explanation explanation =
        explain(
            "int base = 5;",
            "class Model { int n = base; int get() { return n; } }",
            "int inner(Model m) { return m.get() + base; }",
            "int outer(int x) { return inner(new Model()) + x; }",
            "Callable<Object> f = () -> outer(1);");

    Part outer = explanation.root().parts().getFirst();
    assertThat(outer.text()).startsWith("outer(int)");
    assertThat(outer.parts())
        .extracting(Part::text)
        .anyMatch(text -> text.startsWith("inner(Model)"));
    assertThat(texts(outer)).anyMatch(text -> text.startsWith("variable base: int, "));
    assertThat(texts(outer)).anyMatch(text -> text.startsWith("class Model, "));
    assertThat(explanation.toString())
        .startsWith("the lambda in ")
        .contains("\n└─ outer(int)", "─ inner(Model)", "tasks change: nothing that is captured");
  }

  /// Cells whose last one is a function, and what it writes.
  static Stream<Arguments> writes() {
    return Stream.of(
        Arguments.of(
            "variable n", "assigned", List.of("int n;", "Callable<Object> f = () -> n++;")),
        Arguments.of(
            "variable l",
            "add(...)",
            List.of(
                "List<Integer> l = new ArrayList<>();", "Callable<Object> f = () -> l.add(1);")),
        Arguments.of(
            "variable a",
            "an element set",
            List.of("int[] a = {1};", "Callable<Object> f = () -> a[0] += 2;")),
        Arguments.of(
            "variable g",
            "an element set",
            List.of(
                "int[][] g = {{1}};",
                "Callable<Object> f = () -> { for (int[] row : g) row[0] = 1; return g; };")),
        Arguments.of(
            "variable m",
            "merge(...)",
            List.of(
                "Map<String, Integer> m = new HashMap<>();",
                "void count(Map<String, Integer> c, String k) { c.merge(k, 1, Integer::sum); }",
                "Callable<Object> f = () -> { count(m, \"x\"); return m; };")),
        Arguments.of(
            "variable m",
            "add(...)",
            List.of(
                "Map<String, List<Integer>> m = new HashMap<>();",
                "Callable<Object> f = () -> m.computeIfAbsent(\"k\", k -> new ArrayList<>()).add(1);")),
        Arguments.of(
            "variable b",
            "field v set",
            List.of(
                "class Bean { int v; void up() { v++; } }",
                "Bean b = new Bean();",
                "Callable<Object> f = () -> { b.up(); return b; };")),
        Arguments.of(
            "variable bs",
            "field v set",
            List.of(
                "class Bean { int v; }",
                "List<Bean> bs = List.of(new Bean());",
                "Callable<Object> f = () -> { for (Bean b : bs) b.v = 1; return bs; };")),
        Arguments.of(
            "static K.n",
            "assigned",
            List.of("class K { static int n; }", "K.n = 1;", "Callable<Object> f = () -> ++K.n;")),
        Arguments.of(
            "static E.A",
            "field n set",
            List.of("enum E { A; int n; }", "E e = E.A;", "Callable<Object> f = () -> ++E.A.n;")),
        Arguments.of(
            "captured l",
            "add(...)",
            List.of(
                "Callable<Object> make(List<Integer> l) { return () -> l.add(1); }",
                "Callable<Object> f = make(new ArrayList<>());")),
        Arguments.of(
            "captured n",
            "an element set",
            List.of(
                "Callable<Object> make() { int[] n = {0}; return () -> { Runnable r = () -> n[0]++; r.run(); return n[0]; }; }",
                "Callable<Object> f = make();")),
        Arguments.of(
            "enclosing object",
            "field w set",
            List.of(
                "class Model { int w; Callable<Object> up() { return () -> ++w; } }",
                "Callable<Object> f = new Model().up();")),
        Arguments.of(
            "variable r",
            "nextInt(...)",
            List.of("Random r = new Random(1);", "Callable<Object> f = () -> r.nextInt();")),
        Arguments.of(
            "variable s",
            "append(...)",
            List.of(
                "StringBuilder s = new StringBuilder();",
                "Callable<Object> f = () -> s.append(1).toString();")),
        Arguments.of(
            "variable a",
            "sort(...)",
            List.of(
                "int[] a = {2, 1};", "Callable<Object> f = () -> { Arrays.sort(a); return a; };")),
        Arguments.of(
            "variable a",
            "arraycopy(...)",
            List.of(
                "int[] a = {2, 1};",
                "Callable<Object> f = () -> { System.arraycopy(new int[1], 0, a, 0, 1); return a; };")),
        Arguments.of(
            "variable l",
            "removeIf(...)",
            List.of(
                "List<Integer> l = new ArrayList<>();",
                "List<Integer> all() { return l; }",
                "Callable<Object> f = () -> all().removeIf(x -> x > 1);")),
        Arguments.of(
            "variable s",
            "next(...)",
            List.of("Scanner s = new Scanner(\"a b\");", "Callable<Object> f = () -> s.next();")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("writes")
  void namesWhatTasksChangeAndWhere(String name, String how, List<String> cells) {
    Explanation explanation = explain(cells.toArray(String[]::new));

    assertThat(explanation.writes())
        .filteredOn(write -> write.name().equals(name))
        .extracting(Write::how)
        .contains(how);
    assertThat(explanation.writes()).allMatch(write -> write.place().matches(".+, line \\d+"));
  }

  @Test
  void saysNothingOfWhatIsOnlyRead() {
    Explanation explanation =
        explain(
            "record P(int x) { P twice() { return new P(2 * x); } }",
            "List<P> ps = List.of(new P(1)); Map<String, int[]> m = new HashMap<>(); String s = \"a\"; int[] a = {1};",
            "Callable<Object> f = () -> { List<P> own = new ArrayList<>(ps); own.add(ps.get(0).twice()); int[] copy = a.clone(); copy[0]++; StringBuilder b = new StringBuilder(s); b.append(s.replace('a', 'b')); for (P p : ps) copy[0] += p.x(); for (var e : m.entrySet()) copy[0] += e.getValue()[0]; return own.size() + copy[0] + b.length(); };");

    assertThat(explanation.writes()).isEmpty();
  }

  @Test
  void advisesOnLargeArraysAndOnWholeObjects() {
    Explanation shared =
        explain("double[] big = new double[500_000];", "Callable<Object> f = () -> big[3];");
    Explanation whole =
        explain(
            "class Model { int w = 2; long[] data = new long[1_000]; Callable<Object> scorer() { return () -> w + 1; } }",
            "Callable<Object> g = new Model().scorer();");
    Explanation used =
        explain(
            "class Used { int w = 2; long[] data = new long[1_000]; Callable<Object> scorer() { return () -> w + data.length; } }",
            "Callable<Object> h = new Used().scorer();");

    assertThat(shared.hints())
        .singleElement()
        .asString()
        .contains("variable big", "Shared.of(...)");
    assertThat(whole.hints())
        .singleElement()
        .asString()
        .contains("enclosing object", "only the field w is used");
    assertThat(used.hints()).isEmpty();
  }

  @Test
  void saysWhatTheWorkersHave() {
    Object function =
        Objects.requireNonNull(NOTEBOOK.run("class C {}", "Callable<Object> f = () -> new C();"));
    Knowledge twoOfThree =
        new Knowledge() {
          @Override
          public int workers() {
            return 3;
          }

          @Override
          public int withClosure(ContentId closure) {
            return 2;
          }

          @Override
          public int withClass(ContentId definition) {
            return 3;
          }
        };

    Explanation explanation =
        Explainer.explain(NOTEBOOK.host(), function, new ValueStore(null), twoOfThree);

    assertThat(explanation.informed()).isEqualTo(2);
    assertThat(explanation.classes()).allMatch(each -> each.informed() == 3);
    assertThat(explanation.toString()).contains("workers: 3 run; 2 of them have everything");
  }

  @Test
  void explainsObjectsThatAreNoLambdas() {
    Explanation explanation =
        explain(
            "int base = 4;",
            "Callable<Object> f = new Callable<>() { int own = 3; public Object call() { return own + base; } };");

    assertThat(explanation.toString()).startsWith("an object of ").contains("variable base: int");
  }
}
