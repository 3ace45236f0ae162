package argosy;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.JvmAccess;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/// The one jar, as it will be started.
final class AssemblyIT {

  private static JarFile jar() throws IOException {
    return new JarFile(Objects.requireNonNull(System.getProperty("argosy.jar"), "argosy.jar"));
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = jar()) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  /// Besides the names that notebooks written for other kernels expect to meet, the annotations in
  /// the API's own signatures, by which the shell finds its documentation, and what the kernel
  /// defines inside JShell's module, which hides its package from everybody else.
  private static boolean isExpected(String name) {
    return Stream.of(
            "io/github/spencerpark/ijava/",
            "io/github/spencerpark/jupyter/kernel/",
            "org/dflib/jjava/",
            "org/jspecify/annotations/",
            "org/rapaio/jupyter/kernel/",
            "jdk/jshell/")
        .anyMatch(name::startsWith);
  }

  @Test
  void holdsNoClassThatUserCodeCouldMeetByItsPublicName() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class") && !isExpected(name))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("argosy/"));
  }

  @Test
  void holdsEveryEntryOnce() throws IOException {
    assertThat(entries()).doesNotHaveDuplicates();
  }

  @Test
  void carriesTheLicencesOfWhatItHolds() throws IOException {
    assertThat(entries()).contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/THIRD-PARTY");
  }

  @Test
  void namesServicesByTheirNewNames() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.startsWith("META-INF/services/"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("META-INF/services/argosy."));
  }

  @Test
  void everyClassThatTheManifestNamesIsThere() throws IOException {
    try (JarFile jar = jar()) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(List.of("Main-Class", "Launcher-Agent-Class"))
          .extracting(manifest::getValue)
          .allSatisfy(
              name -> assertThat(jar.getEntry(name.replace('.', '/') + ".class")).isNotNull());
    }
  }

  @Test
  void opensWhatTheCodecNeeds() throws IOException {
    try (JarFile jar = jar()) {
      String opened = jar.getManifest().getMainAttributes().getValue("Add-Opens");
      assertThat(opened.split(" ")).containsAll(JvmAccess.OPENS);
    }
  }
}
