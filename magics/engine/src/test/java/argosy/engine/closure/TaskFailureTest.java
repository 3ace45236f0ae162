package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import argosy.NotShippableException;
import argosy.TaskFailedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a task throws comes back as what it is.
class TaskFailureTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  @BeforeEach
  void forget() {
    NOTEBOOK.forget();
  }

  private static Throwable thrownBy(String... cells) {
    Shipment shipment = Shipment.of(NOTEBOOK, NOTEBOOK.run(cells));
    return catchThrowable(shipment::run);
  }

  @Test
  void keepsClassMessageCauseSuppressedAndFrames() {
    Throwable thrown =
        thrownBy(
            "void inner() { throw new IllegalArgumentException(\"inside\"); }",
            "Callable<Object> f = () -> { try { inner(); return 1; } catch (IllegalArgumentException e)"
                + " { var x = new IllegalStateException(\"outside\", e); x.addSuppressed(new"
                + " IOException(\"aside\")); throw x; } };");

    assertThat(thrown).isExactlyInstanceOf(IllegalStateException.class).hasMessage("outside");
    assertThat(thrown.getCause())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("inside");
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0]).hasMessage("aside");
    Throwable cause = Objects.requireNonNull(thrown.getCause());
    assertThat(cause.getStackTrace()[0].getMethodName()).isEqualTo("inner");
    assertThat(Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::getClassName))
        .noneMatch(name -> name.startsWith("argosy.worker."));
  }

  @Test
  void isOfTheNotebooksOwnClass() throws Exception {
    NOTEBOOK.run(
        "class Oops extends Exception { int code; Oops(int code) { super(\"oops\"); this.code = code; } }");
    Class<?> type = (Class<?>) Objects.requireNonNull(NOTEBOOK.run("Oops.class"));

    Throwable thrown = thrownBy("Callable<Object> f = () -> { throw new Oops(7); };");

    assertThat(thrown).isExactlyInstanceOf(type).hasMessage("oops");
    var code = type.getDeclaredField("code");
    code.setAccessible(true);
    assertThat(code.get(thrown)).isEqualTo(7);
  }

  @Test
  void isDescribedIfItHoldsWhatCannotTravel() {
    Throwable thrown =
        thrownBy(
            "class Oops extends Exception { Thread t = Thread.currentThread(); Oops(Throwable cause) { super(\"oops\", cause); } }",
            "Callable<Object> f = () -> { throw new Oops(new Oops(new IOException(\"no disk\"))); };");

    assertThat(thrown)
        .isExactlyInstanceOf(TaskFailedException.class)
        .hasMessageContaining("Oops: oops (only its description arrives")
        .hasMessageContaining("exception -> field cause -> field t -> java.lang.Thread")
        .hasMessageNotContaining("\n");
    assertThat(thrown.getStackTrace()[0].getMethodName()).startsWith("lambda$");
    assertThat(thrown.getCause())
        .isExactlyInstanceOf(TaskFailedException.class)
        .cause()
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no disk");
  }

  @Test
  void isDescribedOnceIfItIsItsOwnCause() {
    Throwable thrown =
        thrownBy(
            "class Oops extends Exception { Thread t = Thread.currentThread(); public Throwable getCause() { return this; } }",
            "Callable<Object> f = () -> { throw new Oops(); };");

    assertThat(thrown).isExactlyInstanceOf(TaskFailedException.class).hasNoCause();
  }

  @Test
  void aResultThatCannotTravelIsToldFromSomethingCaptured() {
    Throwable thrown = thrownBy("Callable<Object> f = () -> Thread.currentThread();");

    assertThat(thrown)
        .isExactlyInstanceOf(NotShippableException.class)
        .hasMessage(
            "a task's result cannot be sent back: result -> java.lang.Thread: threads stay where"
                + " they run; return what they have computed");
  }

  @Test
  void survivesAnExceptionWhoseOwnMethodsThrow() {
    Throwable thrown =
        thrownBy(
            "class Oops extends RuntimeException { public String getMessage() { throw new"
                + " IllegalStateException(); } public String toString() { return getMessage(); } }",
            "Callable<Object> f = () -> { throw new Oops(); };");

    assertThat(thrown.getClass().getSimpleName()).isEqualTo("Oops");
  }

  @Test
  void survivesAResultWhoseToStringThrows() throws Throwable {
    Shipment shipment =
        Shipment.of(
            NOTEBOOK,
            NOTEBOOK.run(
                "class Bad { public String toString() { throw new IllegalStateException(); } public int hashCode() { throw new IllegalStateException(); } }",
                "Callable<Object> f = () -> new Bad();"));

    Object result = Objects.requireNonNull(shipment.run());

    assertThat(result.getClass().getSimpleName()).isEqualTo("Bad");
  }

  @Test
  void keepsErrorsAndEndlessRecursion() {
    assertThat(
            thrownBy("int f(int x) { return f(x + 1) + 1; }", "Callable<Object> g = () -> f(1);"))
        .isExactlyInstanceOf(StackOverflowError.class);
    assertThat(thrownBy("Callable<Object> h = () -> { throw new AssertionError(\"no\"); };"))
        .isExactlyInstanceOf(AssertionError.class)
        .hasMessage("no");
  }

  /// A job adds the input.
  @Test
  void endlessRecursionTakesARemark() {
    Throwable thrown =
        thrownBy("int g(int x) { return g(x + 1) + 1; }", "Callable<Object> i = () -> g(1);");
    Throwable remark = new IllegalStateException("for input 7");

    thrown.addSuppressed(remark);

    assertThat(thrown.getSuppressed()).containsExactly(remark);
    assertThat(thrown.getStackTrace()[1].getMethodName()).isEqualTo("g");
  }

  @Test
  void tellsWhyAStaticInitializerFailedEachTime() throws Throwable {
    Shipment shipment =
        Shipment.of(
            NOTEBOOK,
            NOTEBOOK.run(
                "class K { static int n = 10 / Integer.parseInt(\"0\"); }",
                "Callable<Object> f = () -> K.n;"));

    for (int i = 0; i < 2; i++) {
      assertThat(catchThrowable(shipment::run))
          .isExactlyInstanceOf(ExceptionInInitializerError.class)
          .cause()
          .hasMessage("/ by zero");
    }
  }

  @Test
  void tellsWhatARecordsConstructorThrewOnTheWorker() {
    Throwable thrown =
        thrownBy(
            "boolean[] strict = {false};",
            "record P(int x) { public P { if (strict[0]) throw new IllegalArgumentException(\"strict\"); } }",
            "P p = new P(1); strict[0] = true;",
            "Callable<Object> f = () -> p.x() + strict.length;");

    assertThat(thrown).hasMessageContaining("strict");
  }
}
