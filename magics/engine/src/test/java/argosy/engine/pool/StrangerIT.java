package argosy.engine.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import argosy.Engine;
import argosy.Parallel;
import argosy.Shared;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import argosy.engine.memory.SharedNames;
import argosy.wire.FrameOutput;
import argosy.wire.Hello;
import argosy.wire.Hello.Channel;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import argosy.wire.memory.Range;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Another user of the machine gets at nothing, nor does a process of this user that has not been
/// told the token. The same program gets at everything when it runs as this user and knows the
/// token: so it is neither wrong paths nor a broken program that keeps the others out.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StrangerIT {

  private static final String NOBODY = "65534";

  /// What [Stranger] does to see that it works at all.
  private static final List<String> ALLOWED =
      List.of("enter where all may", "connect where all may");

  private static final List<String> FORBIDDEN =
      List.of(
          "list the rendezvous",
          "open the progress file",
          "connect",
          "greet",
          "plant a file",
          "list the kernel's files",
          "open memory",
          "list names",
          "read a name",
          "plant a name",
          "list the worker's files",
          "read the worker's environment");

  private final LocalEngine engine = new LocalEngine(new RecordingHost());
  private final String name = "argosy-stranger-test-" + ProcessHandle.current().pid();
  private final Shared.Doubles shared = Shared.of(new double[] {1, 2, 3});
  private final Rendezvous rendezvous;
  private final Path open;
  private final ServerSocketChannel openServer;

  StrangerIT() throws IOException {
    rendezvous = Rendezvous.open("argosy-test");
    // Not one of JUnit's, which only its owner may enter.
    open = Files.createTempDirectory("stranger");
    openServer = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    openServer.bind(UnixDomainSocketAddress.of(open.resolve("s")));
  }

  @BeforeEach
  void start() throws IOException {
    Engine.install(engine);
    engine.configure(new WorkerSettings(1, "processes", "64m", List.of()));
    shared.publish(name);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(open.resolve("s"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Path program = open.resolve("argosy/engine/pool/Stranger.class");
    Files.createDirectories(program.getParent());
    try (InputStream bytes =
        Objects.requireNonNull(Stranger.class.getResourceAsStream("Stranger.class"))) {
      Files.copy(bytes, program);
    }
    try (Stream<Path> made = Files.walk(open.resolve("argosy"))) {
      for (Path each : made.toList()) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
    shared.close();
    rendezvous.close();
    openServer.close();
    try (Stream<Path> made = Files.walk(open)) {
      for (Path each : made.toList().reversed()) {
        Files.delete(each);
      }
    }
  }

  // ---- the program

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  /// {@return what makes a command run as another user, of the two programs that do the one which
  /// is there}
  private static List<String> asNobody() {
    boolean hasSetpriv =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setpriv")));
    return hasSetpriv
        ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups")
        : List.of("runuser", "-u", "nobody", "--");
  }

  /// Runs [Stranger].
  ///
  /// @return what came of each attempt
  private Map<String, String> attempts(List<String> user, Payload token) throws Exception {
    SharedNames.Entry entry = Objects.requireNonNull(SharedNames.find(name));
    List<String> command = new ArrayList<>(user);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-Xmx32m", "-cp", open.toString()));
    command.add(Stranger.class.getName());
    command.addAll(List.of(open.toString(), rendezvous.directory().toString(), greeting(token)));
    command.add(new Range(entry.place(), 0, 0).path().toString());
    command.add(link().toString());
    command.add(Long.toString(engine.status().getFirst().pid()));
    Process process =
        new ProcessBuilder(command)
            .directory(open.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, String> results = new LinkedHashMap<>();
    try (var lines = process.inputReader(UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        int colon = line.indexOf(": ");
        results.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    assertThat(process.waitFor()).isZero();
    assertThat(results).containsOnlyKeys(all());
    assertThat(results)
        .allSatisfy((attempt, result) -> {
          if (ALLOWED.contains(attempt)) {
            assertThat(result).isEqualTo("done");
          }
        });
    return results;
  }

  private static List<String> all() {
    return Stream.concat(ALLOWED.stream(), FORBIDDEN.stream()).toList();
  }

  private static String greeting(Payload token) throws IOException {
    FrameOutput out = new FrameOutput();
    new Hello(Protocol.VERSION, token, Channel.DATA, 17, "25").write(out);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(out.writeTo(Channels.newChannel(bytes))).isTrue();
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private Payload token() {
    return Payload.of(HexFormat.of().parseHex(new String(rendezvous.spokenToken(), UTF_8)));
  }

  /// {@return the link that is the published name}
  private Path link() throws IOException {
    for (String parent : List.of("/dev/shm", System.getProperty("java.io.tmpdir"))) {
      try (Stream<Path> folders = Files.list(Path.of(parent))) {
        for (Path folder : folders.toList()) {
          if (Files.isSymbolicLink(folder.resolve(name))) {
            return folder.resolve(name);
          }
        }
      }
    }
    throw new AssertionError("no link of the name " + name);
  }

  // ---- who tries

  @Test
  void anotherUserGetsAtNothing() throws Exception {
    assertThat(mode(rendezvous.directory())).isEqualTo("rwx------");
    assertThat(mode(rendezvous.directory().resolve("s"))).isEqualTo("rw-------");
    assertThat(mode(rendezvous.directory().resolve("p"))).isEqualTo("rw-------");
    assertThat(mode(link().resolveSibling(""))).isEqualTo("rwx------");
    if (!isRoot()) {
      return; // who is not root cannot be somebody else; the modes are what keeps others out
    }

    // Even one who has heard the token.
    Map<String, String> results = attempts(asNobody(), token());

    for (String attempt : FORBIDDEN) {
      assertThat(results.get(attempt))
          .as(attempt)
          .containsAnyOf("AccessDeniedException", "Permission denied");
    }
    assertThat(shared.toArray()).containsExactly(1, 2, 3);
    assertThat(Parallel.map(List.of(1, 2), x -> 2 * x)).containsExactly(2, 4);
  }

  @Test
  void aProcessOfThisUserWithoutTheTokenIsTurnedAway() throws Exception {
    Map<String, String> results = attempts(List.of(), Payload.of(new byte[16]));

    assertThat(results).containsEntry("connect", "done").containsEntry("greet", "turned away");
  }

  @Test
  void theSameProgramComesInWithTheToken() throws Exception {
    Thread kernel =
        Thread.startVirtualThread(() -> {
          try (var channel = rendezvous.accept().channel()) {
            channel.write(ByteBuffer.allocate(1));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });

    Map<String, String> results = attempts(List.of(), token());

    for (String attempt : FORBIDDEN) {
      assertThat(results).containsEntry(attempt, "done");
    }
    kernel.join();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
