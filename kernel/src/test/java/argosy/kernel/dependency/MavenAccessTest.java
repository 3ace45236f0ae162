package argosy.kernel.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenAccessTest {

  @ParameterizedTest
  @CsvSource({
    "http://repo1.maven.org/maven2/,https://repo1.maven.org/maven2/",
    "HTTP://repo.maven.apache.org/maven2,https://repo.maven.apache.org/maven2",
    "https://repo1.maven.org/maven2/,https://repo1.maven.org/maven2/",
    "http://127.0.0.1:8081/maven2/,http://127.0.0.1:8081/maven2/",
    "file:/repo1.maven.org/,file:/repo1.maven.org/",
  })
  void mavenCentralIsAskedWithEncryption(String written, String asked) {
    assertThat(MavenAccess.repository("r", written).getUrl()).isEqualTo(asked);
  }
}
