package argosy.kernel.dependency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;

/// A Maven repository in a folder, with artifacts that exist only here.
public final class TestRepository {

  private final Path folder;

  public TestRepository(Path folder) {
    this.folder = folder;
  }

  public String url() {
    return folder.toUri().toString();
  }

  /// Adds `test:name:version`, which needs others, each written as `name:version`.
  public TestRepository jar(String name, String version, String... needs) {
    return pom(name, version, dependencies(List.of(needs))).file(name, version, ".jar");
  }

  TestRepository pom(String name, String version, String body) {
    write(
        path(name, version, ".pom"),
        """
        <project><modelVersion>4.0.0</modelVersion>
        <groupId>test</groupId><artifactId>%s</artifactId><version>%s</version>
        %s
        </project>
        """
            .formatted(name, version, body));
    return this;
  }

  TestRepository file(String name, String version, String end) {
    Path jar = path(name, version, end);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(name + "-" + version + ".txt"));
      out.write(name.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sign(jar);
    return this;
  }

  /// Adds `test:name:version` with a class.
  public TestRepository library(String name, String version, String className, String source) {
    pom(name, version, "");
    Path jar = path(name, version, ".jar");
    Path work = folder.resolve("classes");
    write(work.resolve(className.replace('.', '/') + ".java"), source);
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                work.resolve(className.replace('.', '/') + ".java").toString());
    if (exit != 0) {
      throw new IllegalArgumentException("javac rejects " + className);
    }
    String entry = className.replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(Files.readAllBytes(work.resolve(entry)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sign(jar);
    return this;
  }

  /// Adds the sources of `test:name:version`.
  public TestRepository sources(String name, String version, String className, String source) {
    Path jar = path(name, version, "-sources.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(className.replace('.', '/') + ".java"));
      out.write(source.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sign(jar);
    return this;
  }

  /// Says which versions of an artifact there are.
  TestRepository versions(String name, String... versions) {
    StringBuilder xml = new StringBuilder("<metadata><versioning><versions>");
    for (String version : versions) {
      xml.append("<version>").append(version).append("</version>");
    }
    write(
        folder.resolve("test").resolve(name).resolve("maven-metadata.xml"),
        xml.append("</versions></versioning></metadata>").toString());
    return this;
  }

  private static String dependencies(List<String> needs) {
    StringBuilder xml = new StringBuilder("<dependencies>");
    for (String need : needs) {
      List<String> parts = List.of(need.split(":"));
      xml.append("<dependency><groupId>test</groupId><artifactId>")
          .append(parts.get(0))
          .append("</artifactId><version>")
          .append(parts.get(1))
          .append("</version></dependency>");
    }
    return xml.append("</dependencies>").toString();
  }

  /// {@return where a file of `test:name:version` is}
  public Path path(String name, String version, String end) {
    Path directory = folder.resolve("test").resolve(name).resolve(version);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory.resolve(name + "-" + version + end);
  }

  private static void write(Path path, String text) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sign(path);
  }

  private static void sign(Path path) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(path));
      Files.writeString(
          path.resolveSibling(path.getFileName() + ".sha1"), HexFormat.of().formatHex(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
