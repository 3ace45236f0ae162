package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a session that runs out of something reports and survives, in a process that has little.
@Timeout(300)
class ExhaustionIT {

  @Test
  void ofTheHeapIsReportedAndSurvived() throws IOException, InterruptedException {
    List<String> lines =
        SessionProcess.run(
            List.of("-Xmx96m"),
            "var hog = new ArrayList<byte[]>();\nwhile (true) hog.add(new byte[10_000]);",
            "hog = null;",
            "int f() { return 6; }\nf() * 7");
    assertThat(lines.get(0)).contains("OutOfMemoryError", "heap");
    assertThat(lines.get(2)).isEqualTo("42");
  }

  /// Where the virtual machine keeps classes.
  @Test
  void ofTheMetaspaceIsReportedAndSurvived() throws IOException, InterruptedException {
    List<String> lines =
        SessionProcess.run(
            List.of("-XX:MaxMetaspaceSize=96m"),
            """
            import java.lang.reflect.Proxy;
            int made = 0;
            var hog = new ArrayList<Object>();
            Object another() {
              var loader = new URLClassLoader(new URL[0]);
              var types = new Class<?>[] {Runnable.class};
              return Proxy.newProxyInstance(loader, types, (proxy, method, all) -> null);
            }
            """,
            "while (true) { hog.add(another()); made++; }",
            "hog = null;",
            "int f() { return 6; }\nf() * 7",
            "made > 100");
    assertThat(lines.get(1)).contains("OutOfMemoryError", "Metaspace");
    assertThat(lines.subList(2, 5)).containsExactly("nothing", "42", "true");
  }
}
