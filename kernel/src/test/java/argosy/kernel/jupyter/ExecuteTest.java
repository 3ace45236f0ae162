package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecuteTest {

  @TempDir Path directory;
  private TestKernel kernel;
  private TestClient client;

  @BeforeEach
  void start() {
    kernel = new TestKernel(directory);
    client = kernel.client();
  }

  @AfterEach
  void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void showsTheValueOfACellBetweenBusyAndIdle() {
    client
        .execute("echo hi")
        .replies("ok")
        .with("execution_count", "1")
        .with("user_expressions", "{}")
        .publishes("execute_input", "execute_result")
        .shows("hi");
  }

  @Test
  void echoesTheCodeWithItsNumber() {
    Exchange cell = client.execute("echo hi");
    assertThat(cell.shown("execute_input").text("code")).isEqualTo("echo hi");
    assertThat(cell.shown("execute_input").content().get("execution_count").getAsInt())
        .isEqualTo(1);
  }

  @Test
  void addsPlainTextToARicherValue() {
    client.execute("show x").shows("[text/html]");
  }

  @Test
  void publishesAndRepliesAnError() {
    Exchange cell = client.execute("fail oops").replies("error");
    cell.with("ename", "EchoException")
        .with("evalue", "oops")
        .with("traceback", "[\"at line 1\"]")
        .with("execution_count", "1");
    assertThat(cell.shown("error").text("ename")).isEqualTo("EchoException");
    assertThat(cell.shown("error").content().has("status")).isFalse();
  }

  @Test
  void survivesAnInterpreterThatThrowsAnError() {
    client.execute("crash boom").replies("error").with("ename", "\"java.lang.AssertionError\"");
    client.execute("echo alive").replies("ok").shows("alive");
  }

  @Test
  void countsOnlyWhatIsStored() {
    client.execute("echo a").with("execution_count", "1");
    client.execute("echo b", "{store_history: false}").with("execution_count", "1");
    client.execute("echo c", "{silent: true}").with("execution_count", "1");
    client.execute("echo d").with("execution_count", "2");
    client.execute("number").shows("3");
  }

  @Test
  void doesNotCountACellWithoutAnyCode() {
    client.execute("echo a").with("execution_count", "1");
    client.execute("").replies("ok").with("execution_count", "1");
    client.execute(" \n\t").replies("ok").with("execution_count", "1");
    client
        .shell("history_request", "{hist_access_type: 'tail', n: 10, raw: true, output: false}")
        .with("history", "[[1,1,\"echo a\"]]");
    client.execute("number").shows("2");
  }

  @Test
  void saysNothingToOthersWhenSilent() {
    client.execute("mixed", "{silent: true}").replies("ok").publishes();
    client.execute("echo x", "{silent: true}").replies("ok").publishes();
    client.execute("fail x", "{silent: true}").replies("error").publishes();
  }

  @Test
  void evaluatesUserExpressionsAfterTheCell() {
    Exchange cell =
        client.execute("echo x", "{user_expressions: {good: 'echo 1', bad: 'fail no'}}");
    var values = cell.replies("ok").reply().getAsJsonObject("user_expressions");
    assertThat(values.getAsJsonObject("good").getAsJsonObject("data").get("text/plain"))
        .hasToString("\"1\"");
    assertThat(values.getAsJsonObject("good").get("status")).hasToString("\"ok\"");
    assertThat(values.getAsJsonObject("bad").get("ename")).hasToString("\"EchoException\"");
    assertThat(values.getAsJsonObject("bad").get("status")).hasToString("\"error\"");
  }

  @Test
  void abortsWhatWaitsBehindAFailure() {
    Exchange first = client.execute("wait");
    first.isBusy();
    Exchange failing = client.execute("fail now");
    Exchange second = client.execute("echo second");
    Exchange third = client.execute("echo third");
    everythingSentHasArrived();
    kernel.language.gate.release();
    first.replies("ok");
    failing.replies("error");
    second.replies("aborted").publishes();
    third.replies("aborted").publishes();
    assertThat(kernel.language.executions).hasValue(2);
    client.execute("echo later").replies("ok").shows("later").with("execution_count", "3");
  }

  private void everythingSentHasArrived() {
    client.shell("kernel_info_request", "{}").replies("ok");
  }

  @Test
  void goesOnBehindAFailureThatDoesNotStop() {
    Exchange first = client.execute("wait");
    first.isBusy();
    Exchange failing = client.execute("fail now", "{stop_on_error: false}");
    Exchange second = client.execute("echo second");
    everythingSentHasArrived();
    kernel.language.gate.release();
    failing.replies("error");
    second.replies("ok").shows("second");
  }

  @Test
  void endsTheRunningCellOnAnInterrupt() throws InterruptedException {
    Exchange cell = client.execute("wait");
    kernel.language.blocked.acquire();
    client.control("interrupt_request", "{}").replies("ok").publishes();
    cell.replies("error").with("ename", "Interrupted");
    client.execute("echo next").replies("ok").shows("next");
  }

  @Test
  void refusesARequestWithoutCode() {
    client.shell("execute_request", "{}").replies("error").with("evalue", "\"code is missing\"");
    client.execute("echo ok").replies("ok");
  }
}
