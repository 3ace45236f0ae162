package argosy.kernel.dependency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependenciesTest {

  @TempDir Path folder;
  private TestRepository repository;
  private Dependencies dependencies;

  @BeforeEach
  void open() {
    repository = new TestRepository(folder.resolve("remote"));
    dependencies = fresh();
  }

  @AfterEach
  void close() {
    dependencies.close();
  }

  private Dependencies fresh() {
    return new Dependencies(folder.resolve("local"), "test", repository.url());
  }

  private Resolution resolve(String... coordinates) throws Exception {
    return dependencies.resolve(
        Stream.of(coordinates).map(Coordinate::parse).toList(), message -> {});
  }

  private Resolution pom(String xml) throws Exception {
    return dependencies.resolvePom(xml, null, message -> {});
  }

  private static List<String> names(Resolution resolution) {
    return resolution.jars().stream().map(jar -> jar.getFileName().toString()).toList();
  }

  @Test
  void findsAnArtifactWithAllThatItNeeds() throws Exception {
    repository.jar("a", "1", "b:2").jar("b", "2", "c:3").jar("c", "3");
    Resolution found = resolve("test:a:1");
    assertThat(names(found)).containsExactly("a-1.jar", "b-2.jar", "c-3.jar");
    assertThat(found.jars()).allMatch(Files::isRegularFile);
    assertThat(found.notices()).isEmpty();
    assertThat(dependencies.requested()).containsExactly("test:a:1");
    assertThat(dependencies.loaded()).containsExactlyInAnyOrder("test:a:1", "test:b:2", "test:c:3");
  }

  @Test
  void nothingIsFetchedAfterTheEnd() throws Exception {
    repository.jar("a", "1").sources("a", "1", "lib.A", "package lib; class A {}");
    resolve("test:a:1");
    dependencies.fetchSources();

    Set<Thread> fetching = fetchers();

    dependencies.close();

    for (Thread fetcher : fetching) {
      // It has done its last work, and may still be on its way out.
      assertThat(fetcher.join(Duration.ofMinutes(1))).isTrue();
    }
    dependencies.fetchSources();
    assertThat(fetchers()).isSubsetOf(fetching);
  }

  private static Set<Thread> fetchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("argosy/sources"))
        .collect(Collectors.toSet());
  }

  @Test
  void resolvesAllCoordinatesOfARequestTogether() throws Exception {
    repository.jar("x", "1", "y:1").jar("y", "1").jar("y", "2");
    assertThat(names(resolve("test:x:1", "test:y:2"))).containsExactly("x-1.jar", "y-2.jar");
  }

  @Test
  void whatIsLoadedIsNotAddedAgain() throws Exception {
    repository.jar("a", "1", "c:3").jar("b", "1", "c:3").jar("c", "3");
    resolve("test:a:1");
    assertThat(names(resolve("test:b:1"))).containsExactly("b-1.jar");
    assertThat(resolve("test:a:1").jars()).isEmpty();
  }

  @Test
  void whatIsLoadedKeepsItsVersionAndSaysSo() throws Exception {
    repository.jar("a", "1", "c:3").jar("b", "1", "c:4").jar("c", "3").jar("c", "4");
    resolve("test:a:1");
    Resolution later = resolve("test:b:1");
    assertThat(names(later)).containsExactly("b-1.jar");
    assertThat(later.notices()).singleElement().asString().contains("test:c:3", "asks for 4");
  }

  @Test
  void anOlderVersionThanTheLoadedOneIsNoNews() throws Exception {
    repository.jar("a", "1", "c:4").jar("b", "1", "c:3").jar("c", "3").jar("c", "4");
    resolve("test:a:1");
    assertThat(resolve("test:b:1").notices()).isEmpty();
  }

  @Test
  void askingForAnotherVersionOfWhatIsLoadedSaysThatItStays() throws Exception {
    repository.jar("a", "1").jar("a", "2");
    resolve("test:a:1");
    Resolution later = resolve("test:a:2");
    assertThat(later.jars()).isEmpty();
    assertThat(later.notices()).singleElement().asString().contains("test:a:1", "asks for 2");
  }

  @Test
  void takesTypesAndClassifiers() throws Exception {
    repository.jar("n", "1").file("n", "1", "-linux.jar").jar("dep", "1");
    repository.pom("list", "1", "<packaging>pom</packaging>" + dependency("dep", "1"));
    assertThat(names(resolve("test:n:jar:linux:1"))).containsExactly("n-1-linux.jar");
    assertThat(names(resolve("test:list:pom:1"))).containsExactly("dep-1.jar");
  }

  @Test
  void worksWithoutTheRepositoryOnceFilesAreCached() throws Exception {
    repository.jar("a", "1", "b:2").jar("b", "2");
    resolve("test:a:1");
    try (Stream<Path> files = Files.walk(folder.resolve("remote"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    try (Dependencies offline = fresh()) {
      assertThat(names(offline.resolve(List.of(Coordinate.parse("test:a:1")), m -> {})))
          .containsExactly("a-1.jar", "b-2.jar");
    }
  }

  private static String dependency(String name, String version) {
    return "<dependencies><dependency><groupId>test</groupId><artifactId>"
        + name
        + "</artifactId><version>"
        + version
        + "</version></dependency></dependencies>";
  }

  @Nested
  class WhenSomethingIsMissing {

    @Test
    void namesTheCoordinateAndWhoWasAsked() {
      assertThatThrownBy(() -> resolve("test:nothing:1"))
          .isInstanceOf(UnresolvedException.class)
          .hasMessageContaining("test:nothing:1")
          .hasMessageContaining("test (" + repository.url())
          .hasMessageContaining("does not have it");
    }

    @Test
    void namesTheVersionsThatThereAre() {
      repository.jar("a", "1").jar("a", "2").versions("a", "1", "2");
      assertThatThrownBy(() -> resolve("test:a:3")).hasMessageEndingWith("there are versions 2, 1");
    }

    @Test
    void namesWhatADependencyNeeds() {
      repository.jar("a", "1", "gone:7");
      assertThatThrownBy(() -> resolve("test:a:1"))
          .isInstanceOf(UnresolvedException.class)
          .hasMessageContaining("cannot get test:gone:7");
    }

    @Test
    void nothingIsAddedAndTheNextRequestWorks() throws Exception {
      repository.jar("a", "1");
      assertThatThrownBy(() -> resolve("test:a:1", "test:nothing:1"))
          .isInstanceOf(UnresolvedException.class);
      assertThat(dependencies.loaded()).isEmpty();
      assertThat(names(resolve("test:a:1"))).containsExactly("a-1.jar");
    }

    @Test
    void whatAppearsLaterIsFoundAtOnce() throws Exception {
      assertThatThrownBy(() -> resolve("test:a:1")).isInstanceOf(UnresolvedException.class);
      repository.jar("a", "1");
      assertThat(names(resolve("test:a:1"))).containsExactly("a-1.jar");
    }

    @Test
    void aRangeThatNothingFitsIsSaid() {
      repository.jar("a", "1");
      assertThatThrownBy(() -> resolve("test:a:[5,6)"))
          .isInstanceOf(UnresolvedException.class)
          .hasMessageContaining("No versions available for test:a:jar:[5,6)")
          .hasMessageContaining("repositories: test (file:");
    }
  }

  @Nested
  class WithMoreRepositories {

    @Test
    void theyAreAskedToo() throws Exception {
      TestRepository other = new TestRepository(folder.resolve("other")).jar("o", "1");
      dependencies.addRepository("other", other.url());
      assertThat(names(resolve("test:o:1"))).containsExactly("o-1.jar");
      assertThat(dependencies.repositories()).hasSize(2).last().asString().startsWith("other (");
    }

    @Test
    void aDeadOneDoesNotFailWhatAnotherHas() throws Exception {
      repository.jar("a", "1", "b:1").jar("b", "1");
      dependencies.addRepository("dead", "http://127.0.0.1:" + unusedPort() + "/maven");
      assertThat(names(resolve("test:a:1"))).containsExactly("a-1.jar", "b-1.jar");
    }

    @Test
    void aDeadOneIsNamedWhenNobodyHasIt() throws Exception {
      String dead = "http://127.0.0.1:" + unusedPort() + "/maven";
      dependencies.addRepository("dead", dead);
      assertThatThrownBy(() -> resolve("test:a:1"))
          .hasMessageContaining("test (")
          .hasMessageContaining("dead (" + dead + ")")
          .hasMessageContaining("Connection refused");
    }

    @Test
    void anAddressWithoutASchemeIsRejected() {
      assertThatThrownBy(() -> dependencies.addRepository("x", "repo.example.org/maven"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("repo.example.org/maven");
    }

    private int unusedPort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  @Nested
  class WithSettings {

    private Dependencies with(String settings) throws IOException {
      Path file = folder.resolve("settings.xml");
      Files.writeString(file, "<settings>" + settings + "</settings>");
      return new Dependencies(new MavenAccess(folder.resolve("local"), file, List.of()));
    }

    @Test
    void aMirrorIsAskedInsteadOfMavenCentral() throws Exception {
      repository.jar("a", "1");
      String mirror =
          "<mirrors><mirror><id>mine</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>"
              .formatted(repository.url());
      try (Dependencies mirrored = with(mirror)) {
        assertThat(mirrored.repositories()).containsExactly("mine (" + repository.url() + ")");
        assertThat(names(mirrored.resolve(List.of(Coordinate.parse("test:a:1")), m -> {})))
            .containsExactly("a-1.jar");
      }
    }

    @Test
    void itsProxyIsAskedAndItsPasswordGiven() throws Exception {
      repository.jar("a", "1");
      HttpServer proxy =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Set<String> hosts = ConcurrentHashMap.newKeySet();
      proxy.createContext("/", exchange -> answer(exchange, hosts));
      proxy.start();
      String settings =
          """
          <servers><server><id>mine</id><username>ada</username><password>s</password></server></servers>
          <proxies><proxy><active>true</active><protocol>http</protocol>
            <host>127.0.0.1</host><port>%d</port></proxy></proxies>
          <mirrors><mirror><id>mine</id><mirrorOf>*</mirrorOf>
            <url>http://repository.invalid/</url></mirror></mirrors>
          """
              .formatted(proxy.getAddress().getPort());
      try (Dependencies behind = with(settings)) {
        assertThat(names(behind.resolve(List.of(Coordinate.parse("test:a:1")), m -> {})))
            .containsExactly("a-1.jar");
        assertThat(hosts).containsExactly("repository.invalid");
      } finally {
        proxy.stop(0);
      }
    }

    private void answer(HttpExchange exchange, Set<String> hosts) throws IOException {
      String expected = "Basic " + Base64.getEncoder().encodeToString("ada:s".getBytes(UTF_8));
      URI asked = exchange.getRequestURI();
      Path file = Path.of(URI.create(repository.url())).resolve(asked.getPath().substring(1));
      if (asked.getHost() != null) {
        hosts.add(asked.getHost());
      }
      if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"library\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (Files.exists(file)) {
        exchange.sendResponseHeaders(200, Files.size(file));
        Files.copy(file, exchange.getResponseBody());
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
      exchange.close();
    }

    @Test
    void offlineNobodyIsAsked() throws Exception {
      try (Dependencies offline = with("<offline>true</offline>")) {
        assertThatThrownBy(
                () -> offline.resolve(List.of(Coordinate.parse("test:nothing:1")), m -> {}))
            .isInstanceOf(UnresolvedException.class)
            .hasMessageContaining("test:nothing:1")
            .hasMessageContaining("settings.xml says offline");
      }
    }
  }

  @Nested
  class WhenInterrupted {

    @Test
    void theCallerGoesOnAtOnceThoughTheServerNeverAnswers() throws Exception {
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        dependencies.addRepository("mute", "http://127.0.0.1:" + server.getLocalPort() + "/");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread cell =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    resolve("test:nothing:1");
                    thrown.complete(new AssertionError("resolved"));
                  } catch (Exception e) {
                    thrown.complete(e);
                  }
                });
        try (var _ = server.accept()) {
          cell.interrupt();
          assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
        cell.join();
      }
    }
  }

  @Nested
  class FromAPom {

    @Test
    void takesABareDependency() throws Exception {
      repository.jar("a", "1", "b:1").jar("b", "1");
      assertThat(
              names(
                  pom(
                      """
                      <!-- https://example.org -->
                      <dependency>
                        <groupId>test</groupId>
                        <artifactId>a</artifactId>
                        <version>1</version>
                      </dependency>
                      """)))
          .containsExactly("a-1.jar", "b-1.jar");
    }

    @Test
    void takesTheListsThatReadmesPrint() throws Exception {
      new TestRepository(folder.resolve("other")).jar("o", "1");
      repository.jar("a", "1").jar("b", "1");
      assertThat(
              names(
                  pom(
                      """
                      <repositories>
                        <repository><id>other</id><url>%s</url></repository>
                      </repositories>
                      <dependencies>
                        <dependency>
                          <groupId>test</groupId><artifactId>a</artifactId><version>1</version>
                        </dependency>
                        <dependency>
                          <groupId>test</groupId><artifactId>o</artifactId><version>1</version>
                        </dependency>
                      </dependencies>
                      <dependency>
                        <groupId>test</groupId><artifactId>b</artifactId><version>1</version>
                      </dependency>
                      """
                          .formatted(new TestRepository(folder.resolve("other")).url()))))
          .containsExactlyInAnyOrder("a-1.jar", "o-1.jar", "b-1.jar");
    }

    @Test
    void takesYaml() throws Exception {
      repository.jar("a", "1");
      assertThat(names(pom("dependencies:\n  - test:a:1\n"))).containsExactly("a-1.jar");
    }

    @Test
    void takesAListWithTypesClassifiersExclusionsAndARepository() throws Exception {
      new TestRepository(folder.resolve("other")).jar("o", "1");
      repository.jar("a", "1", "b:1").jar("b", "1").jar("n", "1").file("n", "1", "-linux.jar");
      assertThat(
              names(
                  pom(
                      """
                      <repository><url>%s</url></repository>
                      <dependency><groupId>test</groupId><artifactId>o</artifactId>
                        <version>1</version></dependency>
                      <dependency><groupId>test</groupId><artifactId>a</artifactId>
                        <version>1</version><exclusions><exclusion><groupId>test</groupId>
                        <artifactId>b</artifactId></exclusion></exclusions></dependency>
                      <dependency><groupId>test</groupId><artifactId>n</artifactId>
                        <version>1</version><type>jar</type><classifier>linux</classifier>
                      </dependency>
                      <dependency><groupId>test</groupId><artifactId>absent</artifactId>
                        <version>1</version><scope>test</scope></dependency>
                      """
                          .formatted(new TestRepository(folder.resolve("other")).url()))))
          .containsExactly("o-1.jar", "a-1.jar", "n-1-linux.jar");
    }

    @Test
    void takesAWholePomWithPropertiesParentAndVersionList() throws Exception {
      repository.jar("a", "1").jar("b", "2").jar("c", "3");
      repository.pom(
          "parent",
          "1",
          "<packaging>pom</packaging><properties><v>1</v></properties>" + dependency("c", "3"));
      repository.pom(
          "bom",
          "1",
          "<packaging>pom</packaging><dependencyManagement>"
              + dependency("b", "2")
              + "</dependencyManagement>");
      List<String> found = new ArrayList<>(names(pom(WHOLE)));
      assertThat(found).containsExactlyInAnyOrder("a-1.jar", "b-2.jar", "c-3.jar");
    }

    @Test
    void anUnknownParentIsNamed() {
      assertThatThrownBy(() -> pom(WHOLE))
          .isInstanceOf(UnresolvedException.class)
          .hasMessageContaining("test:parent:pom:1");
    }

    @Test
    void whatIsNoXmlIsSaid() {
      assertThatThrownBy(() -> pom("<dependency><groupId>"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("this is no POM: ");
    }

    private static final String WHOLE =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent><groupId>test</groupId><artifactId>parent</artifactId><version>1</version></parent>
          <artifactId>mine</artifactId>
          <dependencyManagement><dependencies><dependency>
            <groupId>test</groupId><artifactId>bom</artifactId><version>1</version>
            <type>pom</type><scope>import</scope>
          </dependency></dependencies></dependencyManagement>
          <dependencies>
            <dependency><groupId>test</groupId><artifactId>a</artifactId>
              <version>${v}</version></dependency>
            <dependency><groupId>test</groupId><artifactId>b</artifactId></dependency>
          </dependencies>
        </project>
        """;
  }
}
