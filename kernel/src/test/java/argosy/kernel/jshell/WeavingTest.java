package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is woven in must change nothing but what it is there for.
class WeavingTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
    session.run(
        """
        boolean ships(Object lambda) throws Exception {
          var bytes = new ByteArrayOutputStream();
          new ObjectOutputStream(bytes).writeObject(lambda);
          return bytes.size() > 0;
        }
        """);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void everyLambdaIsSerializable() {
    session.run("int base = 3; ships((IntUnaryOperator) x -> x + base)").shows("true");
    session.run("ships((Function<String, Integer>) String::length)").shows("true");
    session.run("ships((Supplier<List<String>>) ArrayList::new)").shows("true");
    session.run("ships((Runnable & Cloneable) () -> {})").shows("true");
    session.run("ships((Runnable & Serializable) () -> {})").shows("true");
    session
        .run(
            "Function<Integer, Function<Integer, Integer>> add = a -> b -> a + b; ships(add.apply(1))")
        .shows("true");
  }

  /// Trap: the final that lets a class gain and lose lambdas is forbidden in an interface.
  @Test
  void interfacesMayHaveLambdasInTheirMethods() {
    session.run(
        "interface Op<A> { A go(A x); default Op<A> twice() { return x -> go(go(x)); } static <A> Op<A> same() { return x -> x; } private Op<A> p() { return x -> go(x); } }");
    session.run("Op<Integer> inc = x -> x + 1;");
    session.run("inc.twice().twice().go(1) + Op.<Integer>same().go(5)").shows("10");
  }

  /// The frames of such a method merge classes of the cell that are not loaded yet.
  @Test
  void framesThatMergeCellClassesStayRight() {
    session
        .run(
            """
            interface Animal { String name(); }
            class Dog implements Animal { public String name() { return "dog"; } }
            class Cat implements Animal { public String name() { return "cat"; } }
            String pick(boolean b, int n) {
              Animal a = b ? new Dog() : new Cat();
              for (int i = 0; i < n; i++) {
                Animal next = i % 2 == 0 ? new Cat() : a;
                if (next instanceof Dog d) { a = d; continue; }
                a = next;
              }
              return switch (a) { case Dog d when n > 100 -> "old " + d.name(); default -> a.name(); };
            }
            pick(true, 0) + pick(true, 3) + pick(false, 0)
            """)
        .shows("dogcatcat");
  }

  @Test
  void allShapesOfCodeStillRun() {
    session
        .run(
            """
            long run(int n) {
              long total = 0;
              outer:
              do {
                try {
                  switch (n % 4) {
                    case 0: total += 1;
                    case 1: total += 10; break;
                    case 3: continue outer;
                    default: total += 100;
                  }
                  String s = switch ("k" + n % 3) { case "k0" -> "zero"; case "k1" -> "one"; default -> "many"; };
                  total += s.length();
                } finally {
                  n--;
                }
                synchronized (this0) { total += 1000; }
              } while (n > 0);
              return total;
            }
            Object this0 = new Object();
            run(9)
            """)
        .shows("7278");
    session
        .run(
            """
            class Base { final int n; Base(int n) { this.n = n; } }
            class Loop extends Base {
              Loop(int from) { super(from > 3 ? from : count(from)); }
              static int count(int x) { while (x < 50) x++; return x; }
            }
            new Loop(1).n + new Loop(9).n
            """)
        .shows("59");
  }

  @Test
  void sealedTypesRecordsAndEnumsWorkTogether() {
    session
        .run(
            """
            enum Op { ADD { int apply(int a, int b) { return a + b; } }, MUL { int apply(int a, int b) { return a * b; } }; abstract int apply(int a, int b); }
            sealed interface Expr permits Num, Bin {}
            record Num(int v) implements Expr {}
            record Bin(Op op, Expr l, Expr r) implements Expr {}
            int eval(Expr e) { return switch (e) { case Num(int v) -> v; case Bin(Op op, Expr l, Expr r) -> op.apply(eval(l), eval(r)); }; }
            eval(new Bin(Op.ADD, new Num(2), new Bin(Op.MUL, new Num(3), new Num(4))))
            """)
        .shows("14");
  }
}
