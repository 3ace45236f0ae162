package argosy.engine.closure;

import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassClosureTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  static Stream<ClosureCase> cases() {
    return Stream.of(
        ClosureCase.with(
            4,
            "a record",
            "record P(int x, String s) {}",
            "Function<Integer, Object> f = x -> new P(x, \"s\");"),
        ClosureCase.with(
            4,
            "a captured record",
            "record P(int x, String s) {}",
            "P p = new P(1, \"a\");",
            "Function<Integer, Object> f = x -> new P(p.x() + x, p.s() + \"b\");"),
        ClosureCase.with(
            4,
            "a record with a compact constructor that uses a constant",
            "int limit = 10;",
            "record P(int x) { public P { if (x > limit) throw new IllegalArgumentException(\"too big\"); } }",
            "P p = new P(7);",
            "Function<Integer, Object> f = x -> new P(p.x() + 1);"),
        ClosureCase.with(
            4,
            "a generic and nested record",
            "record Pair<A, B>(A a, B b) {}",
            "Pair<Integer, Pair<String, List<Integer>>> p = new Pair<>(1, new Pair<>(\"s\", List.of(1, 2)));",
            "Function<Integer, Object> f = x -> new Pair<>(p.b().b().get(1), p);"),
        ClosureCase.with(
            4,
            "a record with static members",
            "record V(double x, double y) { static final V ZERO = new V(0, 0); static V of(double a) { return new V(a, a); } V plus(V o) { return new V(x + o.x, y + o.y); } }",
            "V.ZERO.plus(V.of(1));",
            "Function<Integer, Object> f = x -> V.ZERO.plus(V.of(x));"),
        ClosureCase.with(
            4,
            "an enum",
            "enum C { RED, GREEN }",
            "C c = C.GREEN;",
            "Function<Integer, Object> f = x -> c == C.GREEN ? C.RED : C.GREEN;"),
        ClosureCase.with(
            4,
            "an enum that the notebook has not used",
            "enum C { RED, GREEN; int v() { return ordinal() + 5; } }",
            "Function<Integer, Object> f = x -> C.GREEN.v() + C.valueOf(\"RED\").v() + C.values().length;"),
        ClosureCase.with(
            4,
            "an enum with bodies",
            "enum Op { ADD { int go(int a, int b) { return a + b; } }, MUL { int go(int a, int b) { return a * b; } }; abstract int go(int a, int b); }",
            "Op op = Op.MUL;",
            "Function<Integer, Object> f = x -> op.go(x, 3) + Op.ADD.go(x, 1) + \" \" + op + op.getDeclaringClass().getSimpleName();"),
        ClosureCase.with(
            4,
            "enum fields that changed",
            "enum C { A(1), B(2); int v; C(int v) { this.v = v; } }",
            "C.B.v = 50;",
            "Function<Integer, Object> f = x -> C.A.v + C.B.v;"),
        ClosureCase.with(
            4,
            "an enum in EnumMap, EnumSet and switch",
            "enum C { A, B, D }",
            "EnumMap<C, Integer> m = new EnumMap<>(Map.of(C.A, 1, C.D, 3)); EnumSet<C> s = EnumSet.of(C.B, C.D);",
            "Function<Integer, Object> f = x -> { int n = 0; for (C c : C.values()) n += switch (c) { case A -> 1; case B -> 10; case D -> 100; }; return n + \"\" + m + s + EnumSet.complementOf(s); };"),
        ClosureCase.with(
            4,
            "an enum with statics",
            "enum C { A, B; static final Map<String, C> BY = new HashMap<>(); static { for (C c : values()) BY.put(c.name().toLowerCase(), c); } }",
            "C.BY.get(\"a\");",
            "Function<Integer, Object> f = x -> C.BY.get(\"b\").name() + C.BY.size();"),
        ClosureCase.with(
            4,
            "an enum with statics that the notebook has not used",
            "enum C { A, B; static final Map<String, C> BY = new HashMap<>(); static { for (C c : values()) BY.put(c.name().toLowerCase(), c); } }",
            "Function<Integer, Object> f = x -> C.BY.get(\"b\").name() + C.BY.size();"),
        ClosureCase.with(
            4,
            "an enum as the input's field",
            "enum C { A, B }",
            "record Q(C c) {}",
            "Q q = new Q(C.B);",
            "Function<Integer, Object> f = x -> q.c() == C.B;"),
        ClosureCase.with(
            4,
            "a sealed hierarchy and a pattern switch",
"""
sealed interface Shape permits Circle, Square {}
record Circle(double r) implements Shape {}
record Square(double s) implements Shape {}
""",
            "List<Shape> shapes = List.of(new Circle(1), new Square(2));",
            "Function<Integer, Object> f = x -> { double a = 0; for (Shape s : shapes) a += switch (s) { case Circle(double r) -> 3 * r * r; case Square q when q.s() > 1 -> q.s() * q.s(); case Square q -> 0; }; return a; };"),
        ClosureCase.with(
            4,
            "a pattern switch over enum constants",
"""
sealed interface T permits E, R {}
enum E implements T { X, Y }
record R(int i) implements T {}
""",
            "Function<Integer, Object> f = x -> { List<T> ts = List.of(E.X, E.Y, new R(x)); String s = \"\"; for (T t : ts) s += switch (t) { case E.X -> \"x\"; case E.Y -> \"y\"; case R(int i) -> \"r\" + i; }; return s; };"),
        ClosureCase.with(
            4,
            "a class with fields and inheritance",
            "abstract class Base { protected int a = 1; abstract int f(int x); int g(int x) { return f(x) + a; } }",
            "class Derived extends Base { int b = 2; int f(int x) { return x * b; } }",
            "Base d = new Derived();",
            "Function<Integer, Object> f = x -> d.g(x) + new Derived().g(x);"),
        ClosureCase.with(
            4,
            "statics of an initialized class",
            "class K { static int n = 3; static final List<String> L = new ArrayList<>(List.of(\"a\")); static int bump() { return ++n; } }",
            "K.n = 40; K.L.add(\"b\");",
            "Function<Integer, Object> f = x -> { String s = K.bump() + \"\" + K.bump() + K.L; K.n = 40; return s; };"),
        ClosureCase.with(
            4,
            "statics of a class that the notebook has not initialized",
            "class K { static int n = 3; static final List<String> L = new ArrayList<>(List.of(\"a\")); }",
            "Function<Integer, Object> f = x -> { K.n++; K.L.add(\"b\"); String s = K.n + \"\" + K.L; K.n--; K.L.remove(1); return s; };"),
        ClosureCase.with(
            4,
            "a static initializer that calls a cell method",
            "int seed() { return 42; }",
            "class K { static final int N = seed(); static { if (N != 42) throw new IllegalStateException(); } }",
            "Function<Integer, Object> f = x -> K.N + x;"),
        ClosureCase.with(
            4,
            "constants",
            "class K { static final int N = 42; static final String S = \"s\"; }",
            "Function<Integer, Object> f = x -> K.N + K.S;"),
        ClosureCase.with(
            4,
            "statics of an interface",
            "interface K { List<String> L = new ArrayList<>(List.of(\"a\")); int N = Integer.parseInt(\"7\"); static int twice(int x) { return 2 * x + N; } }",
            "K.L.add(\"b\");",
            "Function<Integer, Object> f = x -> K.L + \"\" + K.twice(x);"),
        ClosureCase.with(
            4,
            "statics of an interface that the notebook has not initialized",
            "interface K { List<String> L = new ArrayList<>(List.of(\"a\")); int N = Integer.parseInt(\"7\"); static int twice(int x) { return 2 * x + N; } private static int p() { return 5; } int M = p(); }",
            "Function<Integer, Object> f = x -> K.L + \"\" + K.twice(x) + K.M;"),
        ClosureCase.with(
            4,
            "statics of an interface through a class",
            "interface K { List<String> L = new ArrayList<>(List.of(\"a\")); }",
            "class Impl implements K { String show() { return L + \"\" + Impl.L.size(); } }",
            "K.L.add(\"q\");",
            "Function<Integer, Object> f = x -> new Impl().show();"),
        ClosureCase.with(
            4,
            "default and private interface methods",
            "interface K { int f(int x); default int g(int x) { return h(f(x)); } private int h(int x) { return x + 100; } }",
            "K k = x -> x * 2;",
            "Function<Integer, Object> f = x -> k.g(x);"),
        ClosureCase.with(
            4,
            "a diamond of default methods",
"""
interface A { default String n() { return "A"; } }
interface B extends A { default String n() { return "B" + A.super.n(); } }
class D implements A, B {}
""",
            "Function<Integer, Object> f = x -> new D().n();"),
        ClosureCase.with(
            4,
            "an inner class with its outer object",
            "class Outer { int o = 5; class Inner { int i = 6; int sum() { return o + i; } } Inner make() { return new Inner(); } }",
            "Outer.Inner in = new Outer().make();",
            "Function<Integer, Object> f = x -> in.sum() + x;"),
        ClosureCase.with(
            4,
            "static nested classes",
            "class Outer { static int count = 9; static class N { int v = 1; int get() { return v + count; } } private static int p() { return 3; } static class M { int q() { return p(); } } }",
            "Outer.count = 10;",
            "Function<Integer, Object> f = x -> new Outer.N().get() + new Outer.M().q();"),
        ClosureCase.with(
            4,
            "private members across nests",
            "class Outer { private int secret = 4; static class Peer { int peek(Outer o) { return o.secret; } } }",
            "Function<Integer, Object> f = x -> new Outer.Peer().peek(new Outer());"),
        ClosureCase.with(
            4,
            "an anonymous class in a variable",
            "int base = 3;",
            "Function<Integer, Integer> g = new Function<>() { int k = base; public Integer apply(Integer x) { return x + k; } };",
            "Function<Integer, Object> f = x -> g.apply(x);"),
        ClosureCase.with(
            4,
            "an anonymous subclass of a JDK collection",
            "Map<String, Integer> lru = new LinkedHashMap<>(16, 0.75f, true) { protected boolean removeEldestEntry(Map.Entry<String, Integer> e) { return size() > 2; } };",
            "lru.put(\"a\", 1); lru.put(\"b\", 2);",
            "Function<Integer, Object> f = x -> { Map<String, Integer> m = lru; m.get(\"a\"); m.put(\"c\", x); String s = m.keySet().toString(); m.clear(); m.put(\"a\", 1); m.put(\"b\", 2); return s; };"),
        ClosureCase.with(
            4,
            "a cell subclass of ArrayList and HashSet",
"""
class Names extends ArrayList<String> { int extra = 3; int total() { return size() + extra; } }
class Bag extends HashSet<Integer> {}
""",
            "Names n = new Names(); n.add(\"x\"); n.extra = 9; Bag b = new Bag(); b.add(2);",
            "Function<Integer, Object> f = x -> n.total() + \"\" + n + b;"),
        ClosureCase.with(
            4,
            "a cell iterator and iterable",
            "class Range implements Iterable<Integer> { int n; Range(int n) { this.n = n; } public Iterator<Integer> iterator() { return new Iterator<>() { int i = 0; public boolean hasNext() { return i < n; } public Integer next() { return i++; } }; } }",
            "Iterator<Integer> started = new Range(5).iterator(); started.next();",
            "Function<Integer, Object> f = x -> { int s = 0; for (int i : new Range(x)) s += i; return s; };"),
        ClosureCase.with(
            4,
            "cell classes as keys",
            "class Key { int k; Key(int k) { this.k = k; } public int hashCode() { return k; } public boolean equals(Object o) { return o instanceof Key q && q.k == k; } }",
            "Map<Key, String> m = new HashMap<>(); for (int i = 0; i < 20; i++) m.put(new Key(i), \"v\" + i);",
            "Function<Integer, Object> f = x -> m.get(new Key(x));"),
        ClosureCase.with(
            4,
            "keys with identity hashes",
            "class Id { }",
            "Id a = new Id(); Id b = new Id(); Map<Id, String> m = new HashMap<>(Map.of(a, \"a\", b, \"b\")); Set<Id> s = new HashSet<>(List.of(a));",
            "Function<Integer, Object> f = x -> m.get(a) + m.get(b) + s.contains(a) + s.contains(b);"),
        ClosureCase.with(
            4,
            "a key that holds its map",
            "class Node { String n; Map<Node, String> m = new HashMap<>(); Node(String n) { this.n = n; } public int hashCode() { return n.hashCode(); } }",
            "Node k = new Node(\"k\"); k.m.put(k, \"self\");",
            "Function<Integer, Object> f = x -> k.m.get(k);"),
        ClosureCase.with(
            4,
            "a cell class that is Comparable in a TreeSet",
            "record V(int a) implements Comparable<V> { public int compareTo(V o) { return Integer.compare(o.a, a); } }",
            "TreeSet<V> t = new TreeSet<>(List.of(new V(1), new V(3), new V(2)));",
            "Function<Integer, Object> f = x -> t.first() + \"\" + t.headSet(new V(1));"),
        ClosureCase.with(
            4,
            "equals and instanceof against shipped instances",
            "record P(int x) {}",
            "P p = new P(4);",
            "Function<Integer, Object> f = x -> p.equals(new P(x)) && (Object) p instanceof P && p.getClass() == P.class;"),
        ClosureCase.with(
            4,
            "a class literal and its name",
            "class Q { int a; String b() { return \"b\"; } }",
            "Function<Integer, Object> f = x -> Q.class.getSimpleName() + Q.class.getDeclaredFields().length;"),
        ClosureCase.with(
            4,
            "reflection over a cell class",
            "class Q { public int a = 8; public String b() { return \"b\" + a; } }",
            "Function<Integer, Object> f = x -> { try { Object q = Q.class.getDeclaredConstructors()[0].newInstance(); return Q.class.getMethod(\"b\").invoke(q); } catch (ReflectiveOperationException e) { return e.toString(); } };"),
        ClosureCase.with(
            4,
            "an annotation",
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Tag { String value(); }",
            "@Tag(\"hello\") class Q {}",
            "Function<Integer, Object> f = x -> Q.class.getAnnotation(Tag.class).value();"),
        ClosureCase.with(
            4,
            "an exception defined in a cell",
            "class Oops extends RuntimeException { int code; Oops(String m, int code) { super(m); this.code = code; } }",
            "Function<Integer, Object> f = x -> { try { throw new Oops(\"bad\", x); } catch (Oops e) { return e.getMessage() + e.code; } };"),
        ClosureCase.with(
            4,
            "a resource and try-with-resources",
            "class Res implements AutoCloseable { static String log = \"\"; public void close() { log += \"closed\"; } }",
            "Function<Integer, Object> f = x -> { Res.log = \"\"; try (Res r = new Res()) { Res.log += \"open \"; } return Res.log; };"),
        ClosureCase.with(
            4,
            "a generic class with bounded types",
            "class Box<T extends Number & Comparable<T>> { T v; Box(T v) { this.v = v; } boolean over(Box<T> o) { return v.compareTo(o.v) > 0; } }",
            "Box<Integer> b = new Box<>(3);",
            "Function<Integer, Object> f = x -> new Box<>(x).over(b);"),
        ClosureCase.with(
            4,
            "instance initializers and final fields",
            "class Q { final int a; final String b = \"fix\"; { a = 11; } int[] arr = {1, 2}; }",
            "Q q = new Q(); q.arr[0] = 9;",
            "Function<Integer, Object> f = x -> q.a + q.b + q.arr[0] + new Q().arr[0];"),
        ClosureCase.of(
            "transient fields arrive empty",
            "class Q { transient int cache = 5; int v = 6; }",
            "Q q = new Q();",
            "Callable<Object> f = () -> q.v;"),
        ClosureCase.with(
            4,
            "a linked structure with a cycle",
            "class Node { int v; Node next; Node(int v) { this.v = v; } }",
            "Node a = new Node(1); Node b = new Node(2); a.next = b; b.next = a;",
            "Function<Integer, Object> f = x -> a.next.next == a ? a.next.v : -1;"),
        ClosureCase.with(
            4,
            "a record that holds itself",
            "record Tree(String n, List<Tree> kids) {}",
            "Tree t = new Tree(\"root\", new ArrayList<>()); t.kids().add(t);",
            "Function<Integer, Object> f = x -> t.kids().get(0) == t ? t.n() : \"copy\";"),
        ClosureCase.with(
            4,
            "a class of a cell behind a JDK proxy",
            "interface Greeter { String hi(String n); }",
            "Greeter g = (Greeter) java.lang.reflect.Proxy.newProxyInstance(Greeter.class.getClassLoader(), new Class<?>[] { Greeter.class }, (p, m, a) -> m.getName() + \" \" + a[0]);",
            "Function<Integer, Object> f = x -> g.hi(\"you\");"),
        ClosureCase.with(
            4,
            "assertions compile and run",
            "class Q { static int f(int x) { assert x > 0; return x; } }",
            "Q.f(1);",
            "Function<Integer, Object> f = x -> Q.f(x);"),
        ClosureCase.with(
            4,
            "a Serializable class with its own hooks",
            "class Temp implements Serializable { transient double c; Temp(double c) { this.c = c; } private void writeObject(ObjectOutputStream o) throws IOException { o.defaultWriteObject(); o.writeDouble(c * 2); o.writeUTF(\"end\"); o.writeObject(List.of(1)); } private void readObject(ObjectInputStream i) throws IOException, ClassNotFoundException { i.defaultReadObject(); c = i.readDouble() / 2; } }",
            "Temp t = new Temp(21.5);",
            "Function<Integer, Object> f = x -> t.c;"),
        ClosureCase.with(
            4,
            "writeReplace and readResolve",
"""
class Single implements Serializable { static final Single ONE = new Single(); int hits = 0; private Object readResolve() { return ONE; } }
class Proxied implements Serializable { int v; Proxied(int v) { this.v = v; } static class Form implements Serializable { int w; private Object readResolve() { return new Proxied(w); } } private Object writeReplace() { Form f = new Form(); f.w = v; return f; } }
""",
            "Single s = Single.ONE; Proxied p = new Proxied(6);",
            "Function<Integer, Object> f = x -> (s == Single.ONE) + \"\" + p.v;"),
        ClosureCase.with(
            4,
            "Externalizable",
            "public class Ext implements Externalizable { int a; List<String> l; public Ext() {} Ext(int a) { this.a = a; l = List.of(\"q\"); } public void writeExternal(ObjectOutput o) throws IOException { o.writeInt(a); o.writeObject(l); } public void readExternal(ObjectInput i) throws IOException, ClassNotFoundException { a = i.readInt(); l = (List<String>) i.readObject(); } }",
            "Ext e = new Ext(3);",
            "Function<Integer, Object> f = x -> e.a + \"\" + e.l;"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void returnsOnAWorkerWhatItReturnsHere(ClosureCase shown) throws Throwable {
    shown.check(NOTEBOOK);
  }
}
