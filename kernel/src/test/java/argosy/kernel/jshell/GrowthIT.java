package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many classes a session holds after the same things were done again and again.
/*
 * A class goes with its loader only. What a cell declares is exchanged in place, and what only runs
 * has a loader of its own, so neither adds up. What does, by design:
 * - a change of shape: two classes, the old ones, because objects of theirs may be anywhere;
 * - a lambda in the initialiser of a variable that is declared again: one, made by the platform for
 *   as long as the loader of the variable lives;
 * - a statement that uses what is not public in a cell's class: one, because it has to be in the
 *   package of that class.
 */
@Timeout(900)
class GrowthIT {

  /// So many counts that are alike are taken to be right.
  private static final int ALIKE = 3;

  private final Instrumentation instrumentation =
      Objects.requireNonNull(agent(), "the tests have loaded the agent");

  private static @Nullable Instrumentation agent() {
    TestAgent.load();
    return RedefinitionAgent.instrumentation();
  }

  /// The virtual machine's compiler holds what it is at work on: counts until that has gone.
  private long classes() {
    long count = Long.MAX_VALUE;
    for (int times = 0; times < ALIKE; ) {
      System.gc();
      long now =
          Stream.of(instrumentation.getAllLoadedClasses())
              .filter(type -> type.getName().startsWith("REPL."))
              .count();
      times = now == count ? times + 1 : 0;
      count = now;
    }
    return count;
  }

  private static void repeat(TestSession session, int from, int to, String cell) {
    for (int i = from; i < to; i++) {
      session.run(cell.formatted(i)).succeeds();
    }
  }

  private long grownBy(TestSession session, int times, String cell) {
    repeat(session, 0, 3, cell);
    long before = classes();
    repeat(session, 3, times + 3, cell);
    return classes() - before;
  }

  @Test
  void aThousandRedefinitionsAddNothing() {
    try (TestSession session = TestSession.open()) {
      String cell =
          """
          int step = %1$d;
          int next(int x) { return x + step + %1$d; }
          class Counter { int count = 1; public int get() { return count + %1$d; } }
          List.of(next(1), new Counter().get()).forEach(x -> step += x);
          """;
      repeat(session, 0, 60, cell);
      long before = classes();
      repeat(session, 60, 310, cell);
      assertThat(classes()).isLessThanOrEqualTo(before);
      session.run("new Counter().get() + next(0) - step").shows("619");
    }
  }

  @Test
  void whatOnlyRunsAddsNothing() {
    try (TestSession session = TestSession.open()) {
      session.run("int x = 1;\nint twice(int v) { return 2 * v; }").succeeds();
      assertThat(grownBy(session, 40, "x = twice(%d);")).isZero();
      assertThat(grownBy(session, 40, "Stream.of(x, %d).map(v -> twice(v)).toList()")).isZero();
      assertThat(grownBy(session, 40, "new Object() { int v = %d; }.v + x")).isZero();
      assertThat(
              grownBy(
                  session,
                  40,
                  "for (int i = 0; i < %d; i++) { record R(int a) {} x += new R(i).a(); }"))
          .isZero();
    }
  }

  @Test
  void whatAddsUpIsBounded() {
    try (TestSession session = TestSession.open()) {
      int times = 20;
      assertThat(grownBy(session, times, "class Shape { int v%d; }")).isEqualTo(2L * times);
      assertThat(grownBy(session, times, "IntSupplier s = () -> %d;")).isEqualTo(times);
      session.run("class Hidden { int v = 1; }").succeeds();
      assertThat(grownBy(session, times, "new Hidden().v + %d")).isEqualTo(times);
    }
  }

  @Test
  void whatIsHeldStaysAndSeesTheSession() {
    try (TestSession session = TestSession.open()) {
      session.run("List<IntSupplier> held = new ArrayList<>();\nint x = 1;").succeeds();
      session.run("held.add(() -> x);").succeeds();
      session
          .run(
              "held.add(new IntSupplier() { int n = 5; public int getAsInt() { return x + n++; } });")
          .succeeds();
      session.run("interface Op { int go(); }\nvoid keep(Op op) { held.add(op::go); }").succeeds();
      session.run("keep(() -> 100 * x);").succeeds();
      classes();
      session.run("x = 2;").succeeds();
      session.run("import java.util.zip.CRC32;").succeeds();
      session.run("int x = 4;").succeeds();
      session.run("held.stream().map(IntSupplier::getAsInt).toList()").shows("[4, 9, 400]");
      session.run("held.stream().map(IntSupplier::getAsInt).toList()").shows("[4, 10, 400]");
    }
  }

  @Test
  void aStatementThatIsRunAgainRunsThoughItsClassHasGone() {
    try (TestSession session = TestSession.open()) {
      session.run("int x = 0;").succeeds();
      for (int i = 0; i < 3; i++) {
        session.run("x += 5;").succeeds();
        session.run("for (int i = 0; i < 2; i++) { x++; }").succeeds();
        classes();
      }
      session.run("x").shows("21");
    }
  }

  @Test
  void aSerializedLambdaFindsItsClassByName() {
    try (TestSession session = TestSession.open()) {
      session.run("var bytes = new ByteArrayOutputStream();").succeeds();
      session
          .run(
              "new ObjectOutputStream(bytes).writeObject((Supplier<String> & Serializable) () -> \"back\");")
          .succeeds();
      classes();
      session
          .run(
              "((Supplier<?>) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject()).get()")
          .shows("back");
    }
  }

  @Test
  void aVariableThatIsNamedAsTheShellNamesValuesKeepsItsValue() {
    try (TestSession session = TestSession.open()) {
      session.run("1 + 1").shows("2");
      session.run("2 + 2").shows("4");
      session.run("int $1 = 7;\nint $2 = 8;").succeeds();
      classes();
      session.run("$1 + $2").shows("15");
    }
  }
}
