package argosy.engine.closure;

import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LambdaClosureTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  static Stream<ClosureCase> cases() {
    return Stream.of(
        ClosureCase.with(4, "nothing captured", "Function<Integer, Object> f = x -> x + 1;"),
        ClosureCase.with(
            4, "a cell variable", "int base = 5;", "Function<Integer, Object> f = x -> x + base;"),
        ClosureCase.with(
            4,
            "a cell variable that was reassigned",
            "int base = 5;",
            "base = 6;",
            "Function<Integer, Object> f = x -> x + base;"),
        ClosureCase.with(
            4,
            "a var of inferred type",
            "var list = List.of(1, 2, 3);",
            "Function<Integer, Object> f = x -> list.get(x - 4) + list.size();"),
        ClosureCase.with(
            4,
            "a var of a type that has no name",
            "var p = new Object() { int a = 3; int twice() { return 2 * a; } };",
            "Function<Integer, Object> f = x -> p.a + p.twice() + x;"),
        ClosureCase.of(
            "several variables of each primitive type",
            "byte b = 1; short s = 2; char c = 'c'; int i = 4; long l = 5L; float g = 6.5f; double d = 7.25; boolean z = true;",
            "Callable<Object> f = () -> b + \"|\" + s + \"|\" + c + \"|\" + i + \"|\" + l + \"|\" + g + \"|\" + d + \"|\" + z;"),
        ClosureCase.of(
            "captured locals of each primitive type",
            "Callable<Object> make() { byte b = 1; short s = 2; char c = 'c'; int i = 4; long l = 5L; float g = 6.5f; double d = 7.25; boolean z = true; String t = \"t\"; return () -> b + \"|\" + s + \"|\" + c + \"|\" + i + \"|\" + l + \"|\" + g + \"|\" + d + \"|\" + z + t; }",
            "Callable<Object> f = make();"),
        ClosureCase.of(
            "a null variable",
            "String nothing = null;",
            "Callable<Object> f = () -> \"it is \" + nothing;"),
        ClosureCase.with(
            4,
            "a cell method",
            "int twice(int x) { return 2 * x; }",
            "Function<Integer, Object> f = x -> twice(x);"),
        ClosureCase.with(
            4,
            "a chain of cell methods",
            "int a(int x) { return x + 1; }",
            "int b(int x) { return a(x) * 2; }",
            "int c(int x) { return b(x) - 3; }",
            "Function<Integer, Object> f = x -> c(x);"),
        ClosureCase.with(
            10,
            "a recursive method",
            "int fact(int n) { return n < 2 ? 1 : n * fact(n - 1); }",
            "Function<Integer, Object> f = x -> fact(x);"),
        ClosureCase.with(
            10,
            "mutually recursive methods",
"""
boolean odd(int n) { return n != 0 && even(n - 1); }
boolean even(int n) { return n == 0 || odd(n - 1); }
""",
            "Function<Integer, Object> f = x -> even(x) + \" \" + odd(x);"),
        ClosureCase.with(
            4,
            "a generic method",
            "<T extends Comparable<T>> T max(List<T> xs) { T best = xs.get(0); for (T x : xs) if (x.compareTo(best) > 0) best = x; return best; }",
            "Function<Integer, Object> f = x -> max(List.of(3, x, 2)) + max(List.of(\"a\", \"b\"));"),
        ClosureCase.with(
            4,
            "a varargs method",
            "int sum(int... xs) { int s = 0; for (int x : xs) s += x; return s; }",
            "Function<Integer, Object> f = x -> sum(x, 1, 2) + sum();"),
        ClosureCase.with(
            4,
            "overloads",
            "String show(int x) { return \"int \" + x; }",
            "String show(String s) { return \"text \" + s; }",
            "Function<Integer, Object> f = x -> show(x) + show(\"s\");"),
        ClosureCase.with(
            4,
            "a method that changes a cell variable, once per task",
            "int count = 0;",
            "int next() { return ++count; }",
            "Function<Integer, Object> f = x -> next() * 10 + next();",
            "count = 0;",
            "Function<Integer, Object> g = x -> { int r = next() * 10 + next(); count = 0; return r; };"),
        ClosureCase.with(
            -7, "a static method reference", "Function<Integer, Object> f = Math::abs;"),
        ClosureCase.with(
            2,
            "a bound method reference",
            "List<String> names = List.of(\"a\", \"b\", \"c\");",
            "Function<Integer, Object> f = names::get;"),
        ClosureCase.with(
            "abc", "an unbound method reference", "Function<String, Object> f = String::length;"),
        ClosureCase.with(
            3,
            "a constructor reference",
            "Function<Integer, Object> f = x -> { Function<Integer, List<Object>> m = ArrayList::new; return m.apply(x); };"),
        ClosureCase.with(
            3,
            "an array constructor reference",
            "Function<Integer, Object> f = x -> { IntFunction<String[]> m = String[]::new; return m.apply(x).length; };"),
        ClosureCase.with(
            3,
            "an array constructor reference as the task",
            "Function<Integer, Object> f = x -> Stream.of(1, 2, x).toArray(Integer[]::new).length;"),
        ClosureCase.with(
            3,
            "a reference to a cell method",
            "int twice(int x) { return 2 * x; }",
            "Function<Integer, Object> f = x -> Stream.of(1, x).map(y -> twice(y)).toList();"),
        ClosureCase.with(
            3,
            "a method reference to a cell class",
            "class Calc { int k; Calc(int k) { this.k = k; } int add(int x) { return x + k; } static int neg(int x) { return -x; } }",
            "Calc calc = new Calc(10);",
            "Function<Integer, Object> f = x -> Stream.of(1, x).map(calc::add).map(Calc::neg).map(Calc::new).map(c -> c.k).toList();"),
        ClosureCase.with(
            3,
            "a cell method reference as the task",
            "class Calc { static Object neg(Integer x) { return -x; } }",
            "Function<Integer, Object> f = Calc::neg;"),
        ClosureCase.with(
            4,
            "a nested lambda",
            "int base = 5;",
            "Function<Integer, Object> f = x -> { Function<Integer, Integer> g = y -> { Supplier<Integer> h = () -> y + base; return h.get(); }; return g.apply(x); };"),
        ClosureCase.with(
            4,
            "a lambda in a variable",
            "int base = 5;",
            "Function<Integer, Integer> g = y -> y * base;",
            "Function<Integer, Object> f = x -> g.apply(x) + 1;"),
        ClosureCase.with(
            4,
            "lambdas in a list",
            "int base = 5;",
            "List<Function<Integer, Integer>> gs = List.of(y -> y * base, y -> y - base);",
            "Function<Integer, Object> f = x -> { int s = 0; for (var g : gs) s += g.apply(x); return s; };"),
        ClosureCase.with(
            4,
            "lambdas in a map and a record",
            "int base = 5;",
            "record Named(String name, IntUnaryOperator op) {}",
            "Map<String, Named> ops = Map.of(\"a\", new Named(\"add\", y -> y + base), \"b\", new Named(\"neg\", y -> -y));",
            "Function<Integer, Object> f = x -> ops.get(\"a\").op().applyAsInt(x) + ops.get(\"b\").op().applyAsInt(x);"),
        ClosureCase.with(
            5,
            "a lambda that calls itself through a variable",
            "Function<Integer, Integer> fact;",
            "fact = n -> n < 2 ? 1 : n * fact.apply(n - 1);",
            "Function<Integer, Object> f = x -> fact.apply(x);"),
        ClosureCase.with(
            5,
            "a lambda that calls itself through an array",
            "Function<Integer, Object> make() { Function<Integer, Object>[] self = new Function[1]; self[0] = n -> n < 2 ? 1 : n * (Integer) self[0].apply(n - 1); return self[0]; }",
            "Function<Integer, Object> f = make();"),
        ClosureCase.with(
            4,
            "a factory's lambdas with state of their own",
            "Function<Integer, Integer> adder(int k) { return x -> x + k; }",
            "var one = adder(1); var ten = adder(10);",
            "Function<Integer, Object> f = x -> one.apply(x) * 100 + ten.apply(x);"),
        ClosureCase.with(
            4,
            "an intersection type",
            "interface Marker {}",
            "Function<Integer, Object> f = (Function<Integer, Object> & Serializable & Marker) x -> x + 2;"),
        ClosureCase.with(
            4,
            "an interface of the cell's own",
            "interface Op<A> { A go(A x) throws Exception; default Op<A> twice() { return x -> go(go(x)); } }",
            "Op<Integer> inc = x -> x + 1;",
            "Function<Integer, Object> f = x -> { try { return inc.twice().twice().go(x); } catch (Exception e) { return e; } };"),
        ClosureCase.with(
            4,
            "a lambda with two bridges",
            "interface A { Object go(Object x); }",
            "interface B<T> extends A { Object go(Object x); }",
            "interface Cx extends B<String>, A {}",
            "Cx c = x -> \"got \" + x;",
            "Function<Integer, Object> f = x -> ((A) c).go(x) + \" \" + c.go(\"s\");"),
        ClosureCase.with(
            4,
            "string concatenation and formatting",
            "String unit = \"m\";",
            "Function<Integer, Object> f = x -> x + unit + String.format(\"%03d\", x) + \"t\".repeat(2);"),
        ClosureCase.with(
            "b",
            "a switch on strings",
            "Function<String, Object> f = s -> switch (s) { case \"a\" -> 1; case \"b\" -> 2; default -> 0; };"),
        ClosureCase.with(
            4,
            "streams inside a task",
            "int k = 3;",
            "Function<Integer, Object> f = x -> IntStream.range(0, 20).filter(i -> i % k == 0).boxed().collect(Collectors.groupingBy(i -> i % 2, TreeMap::new, Collectors.summingInt(i -> i * x)));"),
        ClosureCase.with(
            4,
            "a collector from a variable",
            "Collector<String, ?, Map<Integer, List<String>>> byLength = Collectors.groupingBy(String::length);",
            "Function<Integer, Object> f = x -> Stream.of(\"a\", \"bb\", \"cc\").collect(byLength);"),
        ClosureCase.with(
            4,
            "a lambda made in a static initializer",
            "class Ops { static final Function<Integer, Integer> INC = x -> x + 1; }",
            "Ops.INC.apply(1);",
            "Function<Integer, Object> f = x -> Ops.INC.apply(x);"),
        ClosureCase.of(
            "a callable that throws nothing", "Callable<Object> f = () -> List.of(1, 2);"),
        ClosureCase.with(
            3,
            "a local class in a method",
            "int make(int x) { class Local { int v = x; int twice() { return v * 2; } } return new Local().twice(); }",
            "Function<Integer, Object> f = x -> make(x);"),
        ClosureCase.with(
            3,
            "a local record, enum and interface",
            "String make(int x) { record R(int a) {} enum E { ONE, TWO } interface I { int go(); } I i = () -> x + 1; return new R(x) + \" \" + E.TWO + \" \" + i.go(); }",
            "Function<Integer, Object> f = x -> make(x);"),
        ClosureCase.with(
            3,
            "an anonymous class that captures",
            "int base = 7;",
            "Function<Integer, Object> make(int k) { return new Function<Integer, Object>() { int calls = 0; public Object apply(Integer x) { calls++; return x + k + base + calls; } }; }",
            "Function<Integer, Object> f = make(100);",
            "Function<Integer, Object> g = x -> make(100).apply(x);"),
        ClosureCase.with(
            3,
            "an anonymous comparator in a TreeMap",
            "TreeMap<String, Integer> m = new TreeMap<>(new Comparator<String>() { public int compare(String a, String b) { return b.compareTo(a); } });",
            "m.put(\"a\", 1); m.put(\"b\", 2);",
            "Function<Integer, Object> f = x -> { m.put(\"c\", x); return m.firstKey() + m; };",
            "m.remove(\"c\");",
            "Function<Integer, Object> g = x -> { TreeMap<String, Integer> n = new TreeMap<>(m); n.put(\"c\", x); return n.firstKey() + n; };"),
        ClosureCase.with(
            4,
            "library lambdas: andThen and compose",
            "int base = 5;",
            "Function<Integer, Integer> g = x -> x + base;",
            "Function<Integer, Integer> h = g.andThen(x -> x * 2).compose(x -> x - 1);",
            "Function<Integer, Object> f = x -> h.apply(x);"),
        ClosureCase.with(
            4,
            "library lambdas: predicates",
            "Predicate<Integer> even = x -> x % 2 == 0;",
            "Predicate<Integer> p = even.negate().and(x -> x > 3).or(Predicate.isEqual(8));",
            "Function<Integer, Object> f = x -> Stream.of(1, 2, 5, 8).filter(p).toList();"),
        ClosureCase.with(
            4,
            "library lambdas: Predicate.not",
            "Predicate<String> p = Predicate.not(String::isEmpty);",
            "Function<Integer, Object> f = x -> Stream.of(\"\", \"a\").filter(p).toList();"),
        ClosureCase.with(
            4,
            "library lambdas: identity",
            "Function<Object, Object> id = Function.identity();",
            "UnaryOperator<Object> u = UnaryOperator.identity();",
            "Function<Integer, Object> f = x -> id.apply(x) + \"\" + u.apply(x);"),
        ClosureCase.with(
            4,
            "library lambdas as the task itself",
            "int base = 5;",
            "Function<Integer, Integer> g = x -> x + base;",
            "Function<Integer, Object> f = g.andThen(x -> x * 2);"),
        ClosureCase.with(
            4,
            "library lambdas: identity as the task itself",
            "Function<Integer, Object> f = (Function) Function.identity();"),
        ClosureCase.with(
            4,
            "library lambdas: comparators",
            "record P(String n, int a) {}",
            "Comparator<P> c = Comparator.comparing(P::n).reversed().thenComparingInt(P::a).thenComparing(P::n, Comparator.nullsFirst(Comparator.naturalOrder()));",
            "List<P> ps = List.of(new P(\"a\", 2), new P(\"b\", 1), new P(\"a\", 1));",
            "Function<Integer, Object> f = x -> ps.stream().sorted(c).toList();"),
        ClosureCase.with(
            4,
            "library lambdas: order of keys",
            "var c = Map.Entry.<String, Integer>comparingByValue().reversed();",
            "Function<Integer, Object> f = x -> Map.of(\"a\", 1, \"b\", 2).entrySet().stream().sorted(c).map(Map.Entry::getKey).toList();"),
        ClosureCase.with(
            4,
            "library lambdas: reverseOrder and naturalOrder",
            "Comparator<Integer> c = Comparator.reverseOrder(); Comparator<Integer> n = Comparator.naturalOrder(); Comparator<Integer> r = Collections.reverseOrder(n);",
            "Function<Integer, Object> f = x -> Stream.of(2, 1, x).sorted(c).toList() + \"\" + Stream.of(2, 1, x).sorted(n).toList() + Stream.of(2, 1, x).sorted(r).toList();"),
        ClosureCase.with(
            4,
            "library lambdas: operators",
            "BinaryOperator<Integer> max = BinaryOperator.maxBy(Comparator.naturalOrder());",
            "IntUnaryOperator i = IntUnaryOperator.identity().andThen(v -> v * 3);",
            "BiFunction<Integer, Integer, Integer> b = Math::max; var c = b.andThen(v -> v + 1);",
            "Function<Integer, Object> f = x -> max.apply(x, 9) + i.applyAsInt(x) + c.apply(x, 2);"),
        ClosureCase.with(
            4,
            "library lambdas: collectors",
            "var c = Collectors.collectingAndThen(Collectors.toList(), Collections::unmodifiableList);",
            "var d = Collectors.teeing(Collectors.counting(), Collectors.averagingInt((Integer v) -> v), (a, b) -> a + \"/\" + b);",
            "Function<Integer, Object> f = x -> Stream.of(1, x).collect(c) + \" \" + Stream.of(1, x).collect(d) + Stream.of(\"a\", \"b\").collect(Collectors.joining(\",\"));"),
        ClosureCase.with(
            4,
            "library lambdas: consumers and suppliers",
            "List<Integer> seen = new ArrayList<>();",
            "Consumer<Integer> add = seen::add; Consumer<Integer> both = add.andThen(v -> seen.add(-v));",
            "Function<Integer, Object> f = x -> { both.accept(x); return List.copyOf(seen); };",
            "seen.clear();",
            "Function<Integer, Object> g = x -> { List<Integer> before = List.copyOf(seen); both.accept(x); List<Integer> after = List.copyOf(seen); seen.clear(); return before + \"\" + after; };"),
        ClosureCase.with(
            4,
            "aliases stay aliases",
            "List<Integer> a = new ArrayList<>(List.of(1)); List<Integer> b = a;",
            "Function<Integer, Object> f = x -> { a.add(x); int n = b.size(); a.remove(1); return n; };"),
        ClosureCase.with(
            4,
            "aliases between a captured local and a variable",
            "List<Integer> a = new ArrayList<>(List.of(1));",
            "Function<Integer, Object> make(List<Integer> c) { return x -> { c.add(x); int n = a.size(); c.remove(1); return n; }; }",
            "Function<Integer, Object> f = make(a);"),
        ClosureCase.with(
            4,
            "a captured this",
            "class Model { int w = 3; Function<Integer, Object> scorer() { return x -> x * w; } }",
            "Function<Integer, Object> f = new Model().scorer();"),
        ClosureCase.with(
            4,
            "try, catch, finally and synchronized",
            "Object lock = new Object();",
            "Function<Integer, Object> f = x -> { StringBuilder s = new StringBuilder(); synchronized (lock) { try { s.append(10 / (x - 4)); } catch (ArithmeticException e) { s.append(\"caught\"); } finally { s.append(\"!\"); } } return s.toString(); };"),
        ClosureCase.with(
            4,
            "loops and labels",
            "Function<Integer, Object> f = x -> { int n = 0; outer: for (int i = 0; i < 10; i++) { for (int j = 0; j < 10; j++) { if (j == x) continue outer; if (i == 7) break outer; n++; } } do { n++; } while (n < 50); int k = 0; while (true) { if (++k > 3) break; } return n * 100 + k; };"),
        ClosureCase.with(
            4,
            "instanceof patterns",
            "Object o = \"text\";",
            "Function<Integer, Object> f = x -> o instanceof String s && s.length() == x ? s.toUpperCase() : \"no\";"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void returnsOnAWorkerWhatItReturnsHere(ClosureCase shown) throws Throwable {
    shown.check(NOTEBOOK);
  }
}
