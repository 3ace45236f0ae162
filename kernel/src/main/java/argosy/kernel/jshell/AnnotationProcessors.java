package argosy.kernel.jshell;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// The annotation processors that libraries bring, such as Lombok's. They run where a whole file is
/// compiled, in a cell that starts with `package`; the shell runs none. Confined to whoever holds
/// the [ShellLock].
final class AnnotationProcessors {

  private static final String SERVICE = "META-INF/services/javax.annotation.processing.Processor";
  private static final String SUPPORTED = "Ljavax/annotation/processing/SupportedAnnotationTypes;";
  private static final String RETENTION = "Ljava/lang/annotation/Retention;";

  private static final Pattern WRITTEN =
      Pattern.compile("@(?:\\w+\\s*\\.\\s*)*(?!interface\\b)([\\p{javaJavaIdentifierPart}]+)");

  /// By library, which annotations its processors say that they are for; nothing for one without.
  private final Map<Path, Optional<Set<String>>> supported = new HashMap<>();

  /// By library and simple name, which annotations it has that no program sees when it runs.
  private final Map<Path, Map<String, List<String>>> unseen = new HashMap<>();

  /// {@return whether a class path has some}
  boolean areIn(List<Path> classPath) {
    return classPath.stream().anyMatch(library -> supported(library).isPresent());
  }

  /// {@return what the user should know of a type that the shell compiles: that its annotations do
  /// nothing there}
  Optional<String> notice(String name, String source, List<Path> classPath) {
    if (!areIn(classPath)) {
      return Optional.empty();
    }
    Set<String> written =
        WRITTEN.matcher(source).results().map(found -> found.group(1)).collect(Collectors.toSet());
    String idle =
        written.stream()
            .filter(annotation -> isForOne(annotation, classPath))
            .map(annotation -> "@" + annotation)
            .sorted()
            .collect(Collectors.joining(", "));
    return idle.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no annotation processor runs here for "
                + idle
                + ". It does in a cell that starts with package p; so declare "
                + name
                + " there, as public, and import p."
                + name);
  }

  private boolean isForOne(String annotation, List<Path> classPath) {
    Set<String> all =
        classPath.stream()
            .flatMap(library -> supported(library).stream())
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    return classPath.stream()
        .anyMatch(library ->
            unseen(annotation, library).stream()
                .anyMatch(type -> supported(library).isPresent() || all.contains(type)));
  }

  private List<String> unseen(String name, Path library) {
    return unseen
        .computeIfAbsent(library, _ -> new HashMap<>())
        .computeIfAbsent(name, _ -> sourceAnnotations(name, library));
  }

  private Optional<Set<String>> supported(Path library) {
    return supported.computeIfAbsent(library, AnnotationProcessors::read);
  }

  private static Optional<Set<String>> read(Path library) {
    Optional<byte[]> service = file(library, SERVICE);
    if (service.isEmpty()) {
      return Optional.empty();
    }
    Set<String> annotations = new HashSet<>();
    new String(service.get(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .flatMap(type -> file(library, type.replace('.', '/') + ".class").stream())
        .map(bytes -> ClassFile.of().parse(bytes))
        .forEach(processor -> annotations.addAll(values(processor, SUPPORTED)));
    return Optional.of(annotations);
  }

  /// {@return the annotations of a simple name in a library that no program sees when it runs}
  private static List<String> sourceAnnotations(String name, Path library) {
    if (Files.isDirectory(library)) {
      return List.of();
    }
    try (JarFile jar = new JarFile(library.toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(
              file -> file.endsWith("/" + name + ".class") || file.endsWith("$" + name + ".class"))
          .toList()
          .stream()
          .flatMap(file -> file(library, file).stream())
          .map(bytes -> ClassFile.of().parse(bytes))
          .filter(type -> type.flags().has(AccessFlag.ANNOTATION))
          .filter(type -> !values(type, RETENTION).contains("RUNTIME"))
          .map(type -> type.thisClass().asInternalName().replace('/', '.').replace('$', '.'))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /// {@return the texts and constants that an annotation of a class has, if it has that one}
  private static List<String> values(ClassModel type, String annotation) {
    return type.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(all -> all.annotations().stream())
        .filter(found -> found.className().equalsString(annotation))
        .map(Annotation::elements)
        .flatMap(List::stream)
        .map(AnnotationElement::value)
        .flatMap(AnnotationProcessors::texts)
        .toList();
  }

  private static Stream<String> texts(AnnotationValue value) {
    return switch (value) {
      case AnnotationValue.OfArray array ->
          array.values().stream().flatMap(AnnotationProcessors::texts);
      case AnnotationValue.OfString text -> Stream.of(text.stringValue());
      case AnnotationValue.OfEnum constant -> Stream.of(constant.constantName().stringValue());
      default -> Stream.empty();
    };
  }

  private static Optional<byte[]> file(Path library, String name) {
    try {
      if (Files.isDirectory(library)) {
        Path file = library.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
      }
      try (JarFile jar = new JarFile(library.toFile())) {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
          return Optional.empty();
        }
        try (InputStream bytes = jar.getInputStream(entry)) {
          return Optional.of(bytes.readAllBytes());
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // no jar: nothing is found in it, as with any class path
    }
  }
}
