package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.Magic;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Code that the kernel compiles for somebody else to run.
@Timeout(60)
class CompiledCellTest {

  private final CompilingMagic away =
      new CompilingMagic(
          "away",
          Magic.Kind.CELL,
          (kernel, call) ->
              kernel.compile(
                  call.body(),
                  call.line() + 1,
                  call.arguments().equals("here") ? "" : "is away; ask for {} there"));
  private final TestSession session = TestSession.open(away);

  @AfterEach
  void close() {
    session.close();
  }

  private static @Nullable Object runLast(CompiledCell cell) throws Exception {
    Object value = null;
    for (Class<?> part : cell.classes()) {
      for (Method method : part.getDeclaredMethods()) {
        if (method.getName().equals(CompiledCell.BODY)) {
          method.setAccessible(true);
          value = method.invoke(null);
        }
      }
    }
    return value;
  }

  @Test
  void nothingOfItRuns() throws Exception {
    session.run("int before = 1;");
    session
        .run("%%away here\nint far = before + 1;\nSystem.out.println(far);\nfar * 10")
        .showsNothing()
        .prints("");

    assertThat(away.last().classes()).hasSize(3);
    assertThat(away.last().valueType()).isEqualTo("int");
    assertThat(runLast(away.last())).isEqualTo(20);
  }

  @Test
  void itsVariablesHaveNoValueHere() {
    session.run("%%away\nint far = 5;\nString name;").showsNothing();

    session.run("far + 1").fails("VariableElsewhereException").says("far is away; ask for far");
    session.run("far = 2").fails("VariableElsewhereException");
    session.run("int f() { return far; }\nf()").says("far is away");
    session.run("Runnable r = () -> System.out.println(name);\nr.run();").says("name is away");
  }

  @Test
  void itsMethodsAndClassesCanBeUsedHereToo() {
    session
        .run("%%away\nint twice(int x) { return 2 * x; }\nrecord P(int x) {}\nimport java.time.*;")
        .showsNothing();

    session.run("twice(new P(4).x())").shows("8");
    session.run("Duration.ofSeconds(1)").shows("PT1S");
  }

  @Test
  void aNameIsWhereItWasDeclaredLast() throws Exception {
    session.run("int mine = 1;\nSupplier<Integer> reader = () -> mine;\nint g() { return mine; }");
    session.run("%%away\nint mine = 2;").showsNothing();
    assertThat(isElsewhere("mine")).isTrue();
    session.run("mine").says("mine is away");
    session.run("reader.get()").says("mine is away");
    session.run("g()").says("mine is away");

    session.run("int mine = 3;").showsNothing();
    assertThat(isElsewhere("mine")).isFalse();
    session.run("mine + reader.get() + g()").shows("9");

    session.run("%%away\nint mine = 3;").showsNothing();
    session.run("mine").says("mine is away");
    session.run("reader.get()").says("mine is away");
    session.run("%%away\nString mine = \"text\";").showsNothing();
    session.run("mine.length()").says("mine is away");
    session.run("String mine = \"here\";\nmine.length()").shows("4");
  }

  private boolean isElsewhere(String variable) throws ReflectiveOperationException {
    for (Class<?> part : away.last().classes()) {
      for (Field field : part.getDeclaredFields()) {
        if (field.getName().equals(variable)) {
          return away.kernel().classes().isElsewhere(part);
        }
      }
    }
    throw new NoSuchFieldException(variable);
  }

  @Test
  void whoRunsItHereTooGivesItsVariablesTheirValues() throws Exception {
    session.run("%%away here\nint both = 7;").showsNothing();
    assertThat(runLast(away.last())).isEqualTo(7);

    assertThat(isElsewhere("both")).isTrue();
    session.run("both").shows("7");
  }

  @Test
  void errorsOfTheCompilerNameTheLine() {
    session.run("%%away\nint a = 1;\nint b = nowhere;").says("line 3", "nowhere");
    session.run("1 + 1").shows("2");
  }

  @Test
  void classesOfOtherCellsAreHere() {
    session.run("record Here(int x) {}\nvar here = new Here(1);");
    session.run("%%away\nvar far = here;").showsNothing();

    session.run("here.x()").shows("1");
    assertThat(
            away.kernel().classes().named("REPL.$JShell$1$Here").stream()
                .noneMatch(away.kernel().classes()::isElsewhere))
        .isTrue();
  }
}
