package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What tasks change in vain, and the user is told of.
class LostChangesTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  @BeforeAll
  static void declare() {
    NOTEBOOK.run(
        "import java.util.concurrent.*; import java.util.concurrent.atomic.*;",
        "int total = 0; long many = 0; String text = \"\"; Integer boxed = 1;",
        "java.math.BigDecimal sum = java.math.BigDecimal.ZERO; Object best = null;",
        "AtomicInteger count = new AtomicInteger(); LongAdder adder = new LongAdder();",
        "List<Integer> out = new ArrayList<>(); Map<String, Integer> words = new HashMap<>();",
        "Map<Integer, List<Integer>> groups = new TreeMap<>(); int[] bins = new int[9];",
        "StringBuilder log = new StringBuilder(); Random random = new Random(1);",
        "ConcurrentHashMap<Integer, Long> memo = new ConcurrentHashMap<>();",
        "Deque<Integer> stack = new ArrayDeque<>();",
        "class Account { int balance; static int made; List<Integer> all = new ArrayList<>();"
            + " Account() { made++; } void add(int x) { balance += x; all.add(x); }"
            + " int added(int x) { return balance += x; } int balance() { return balance; } }",
        "Account account = new Account();",
        "int rolled(Random dice) { return dice.nextInt(6) + 1; }",
        "void note(int x) { out.add(x); }",
        "int noted(int x) { return words.merge(\"w\", x, Integer::sum); }",
        "void fill(List<Integer> list, int x) { list.add(x); }",
        "boolean isNew(int x) { return out.add(x); }",
        "long fib(int n) { return n < 2 ? n : memo.computeIfAbsent(n, k -> fib(k - 1) + fib(k -"
            + " 2)); }",
        "Function<Integer, Object> captured(List<Integer> list) { return x -> list.add(x); }",
        "Function<Integer, Object> buffered(List<Integer> list) { return x -> { list.add(x); return"
            + " list.size(); }; }",
        "class Job { int n; Consumer<Integer> effect() { return x -> n += x; } }",
        "class Lazy { static int calls = 0; static final List<Integer> ALL = new ArrayList<>();"
            + " static int get(int x) { return x + ALL.size(); } }");
  }

  private static String told(String function) {
    Object made = NOTEBOOK.run(function);
    return LostChanges.of(
        Shipment.of(NOTEBOOK, made).capture(), Objects.requireNonNull(made, function));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "Consumer<Integer> f = x -> total += x;@variable total (assigned, ",
        "Function<Integer, Object> f = x -> total += x;@variable total",
        "Consumer<Integer> f = x -> { many++; };@variable many",
        "Function<Integer, Object> f = x -> many++;@variable many",
        "Consumer<Integer> f = x -> { total = x > 3 ? total + x : total; };@variable total",
        "Consumer<Integer> f = x -> { total = Math.max(x, total); };@variable total",
        "Consumer<Integer> f = x -> { boxed += x; };@variable boxed",
        "Consumer<Integer> f = x -> { sum = sum.add(java.math.BigDecimal.valueOf(x)); };@variable sum",
        "Consumer<Integer> f = x -> { if (x > total) best = x; };@variable best",
        "Consumer<Integer> f = x -> count.incrementAndGet();@variable count (incrementAndGet(...), ",
        "Function<Integer, Object> f = x -> count.addAndGet(x);@variable count",
        "Consumer<Integer> f = x -> { if (x > 2) adder.increment(); };@variable adder",
        "Consumer<Integer> f = x -> out.add(x);@variable out",
        "Consumer<Integer> f = x -> { synchronized (out) { out.add(x); } };@variable out",
        "Consumer<Integer> f = out::add;@the object (add(...))",
        "Consumer<Integer> f = x -> words.merge(\"a\" + x, 1, Integer::sum);@variable words",
        "Consumer<Integer> f = x -> groups.computeIfAbsent(x % 2, k -> new ArrayList<>()).add(x);@variable groups",
        "Consumer<Integer> f = x -> { bins[x]++; };@variable bins (an element set, ",
        "Consumer<Integer> f = x -> log.append(x).append(\", \");@variable log",
        "Consumer<Integer> f = x -> account.add(x);@variable account",
        "Consumer<Integer> f = x -> { account.balance += x; };@variable account (field balance set",
        "Function<Integer, Object> f = x -> account.added(x);@variable account",
        "Consumer<Integer> f = x -> note(x);@variable out",
        "Function<Integer, Object> f = x -> noted(x);@variable words",
        "Consumer<Integer> f = x -> fill(out, x);@variable out",
        "Consumer<Integer> f = x -> Stream.of(1, 2).forEach(y -> out.add(y));@variable out",
        "Consumer<Integer> f = x -> Collections.addAll(out, x, x);@variable out",
        "captured(new ArrayList<>())@captured list",
        "new Job().effect()@the enclosing object (field n set",
        "Function<Integer, Object> f = x -> new Account();@static Account.made",
        "Function<Integer, Object> f = x -> x + random.nextDouble();@variable random (nextDouble",
        "Function<Integer, Object> f = x -> rolled(random) > 3;@variable random (nextInt(...)",
        "Function<Integer, Object> f = x -> random.nextInt(9);@same numbers from its copy of variable random",
      })
  void whatIsOnlyChanged(String function, String told) {
    assertThat(told(function)).contains(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Function<Integer, Object> f = x -> x + total;",
        "Function<Integer, Object> f = x -> { total += x; return total; };",
        "Function<Integer, Object> f = x -> { int now = total += x; return now; };",
        "Function<Integer, Object> f = x -> { total += x; return x > 5 ? total : 0; };",
        "Consumer<Integer> f = x -> System.out.println(total += x);",
        "Consumer<Integer> f = x -> { text += x; System.out.println(\"so far \" + text); };",
        "Function<Integer, Object> f = x -> { out.add(x); return out; };",
        "Function<Integer, Object> f = x -> { out.add(x); return out.size(); };",
        "Function<Integer, Object> f = x -> out.add(x) ? 1 : 0;",
        "Function<Integer, Object> f = x -> isNew(x) ? 1 : 0;",
        "Function<Integer, Object> f = x -> { Arrays.fill(bins, x); int s = 0; for (int b : bins)"
            + " s += b; return s; };",
        "Function<Integer, Object> f = x -> { bins[0] = x; return bins; };",
        "Function<Integer, Object> f = x -> { account.add(x); return account.balance(); };",
        "Function<Integer, Object> f = x -> { account.balance = x; return account; };",
        "Function<Integer, Object> f = x -> { if (words.containsKey(\"k\")) return 1;"
            + " words.put(\"k\", x); return 2; };",
        "Function<Integer, Object> f = x -> 1 + fib(x);",
        "Function<Integer, Object> f = x -> Stream.generate(() -> count.incrementAndGet())"
            + ".limit(3).toList();",
        "Function<Integer, Object> f = x -> { log.setLength(0); log.append(x); return"
            + " log.toString(); };",
        "buffered(new ArrayList<>())",
        "Function<Integer, Object> f = x -> Lazy.get(x);",
        "Function<Integer, Object> f = x -> { stack.push(x); stack.push(2); return stack.pop() *"
            + " stack.pop(); };",
        "Function<Integer, Object> f = x -> { random.setSeed(x); return random.nextInt(9); };",
        "Consumer<Integer> f = x -> System.out.println(x);",
        "Function<Integer, Object> f = x -> { var mine = new ArrayList<Integer>(); mine.add(x);"
            + " return mine; };",
        "Function<Integer, Object> f = x -> { Random own = new Random(x); return own.nextInt(); };",
        "Function<List<Integer>, Object> f = list -> list.add(1);",
      })
  void whatTheTaskNeedsOrIsItsOwnIsNot(String function) {
    assertThat(told(function)).isEmpty();
  }

  @Test
  void allAreNamedTogether() {
    List<String> lines =
        told("Consumer<Integer> f = x -> { total += x; out.add(random.nextInt()); };")
            .lines()
            .toList();

    assertThat(lines.getFirst())
        .contains("Tasks change variable total (assigned, ", " and variable out (add(...), ")
        .endsWith(
            "return what they find, or change what all see: Shared, or anything with --backend"
                + " threads");
    assertThat(told("Consumer<Integer> f = x -> { out.add(1); out.add(2); };").lines()).hasSize(1);
  }
}
