package argosy.kernel.jshell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The full names of all types that code could import, by their simple names. Confined to whoever
/// holds the [ShellLock].
final class TypeIndex {

  private static final Comparator<String> JAVA_FIRST =
      Comparator.<String>comparingInt(TypeIndex::rank).thenComparing(Comparator.naturalOrder());

  private static final int INTERNAL = 3;

  private final Predicate<String> isPublic;
  private final Map<Path, NavigableMap<String, List<String>>> entries = new HashMap<>();
  private final Map<Path, Set<String>> packages = new HashMap<>();
  private @Nullable NavigableMap<String, List<String>> platform;

  /// @param isPublic whether there is a public type of a full name
  TypeIndex(Predicate<String> isPublic) {
    this.isPublic = isPublic;
  }

  private static int rank(String name) {
    if (name.startsWith("java.")) {
      return 0;
    }
    if (name.startsWith("javax.")) {
      return 1;
    }
    return name.startsWith("com.sun.") || name.startsWith("jdk.") ? INTERNAL : 2;
  }

  /// {@return the full names of public top-level types whose simple name starts so, those of the
  /// JDK first}
  Stream<String> startingWith(String prefix, List<Path> classPath) {
    return indices(classPath)
        .flatMap(index ->
            index.subMap(prefix, true, prefix + Character.MAX_VALUE, false).values().stream())
        .flatMap(List::stream)
        .sorted(JAVA_FIRST)
        .distinct()
        .filter(isPublic);
  }

  /// {@return the full names of public top-level types of a simple name, those that most code uses
  /// first}
  Stream<String> named(String name, List<Path> classPath) {
    return indices(classPath)
        .flatMap(index -> index.getOrDefault(name, List.of()).stream())
        .sorted(JAVA_FIRST)
        .distinct()
        .filter(isPublic);
  }

  /// {@return the full names of public top-level types whose simple names are of some kind, those
  /// of the JDK first, without what only the JDK itself uses}
  Stream<String> like(Predicate<String> name, List<Path> classPath) {
    return indices(classPath)
        .flatMap(index -> index.entrySet().stream())
        .filter(entry -> name.test(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .filter(type -> rank(type) < INTERNAL)
        .sorted(JAVA_FIRST)
        .distinct()
        .filter(isPublic);
  }

  /// {@return the names of all packages that code could import from, ordered}
  Stream<String> packages(List<Path> classPath) {
    return Stream.concat(
            exported(), // without their types, which take a fifth of a second to find
            classPath.stream()
                .flatMap(entry -> packages.computeIfAbsent(entry, this::inEntry).stream()))
        .distinct()
        .sorted();
  }

  private Set<String> inEntry(Path entry) {
    return types(entry).values().stream()
        .flatMap(List::stream)
        .filter(type -> type.indexOf('.') > 0)
        .map(type -> type.substring(0, type.lastIndexOf('.')))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private Stream<NavigableMap<String, List<String>>> indices(List<Path> classPath) {
    NavigableMap<String, List<String>> known = platform;
    if (known == null) {
      known = ofPlatform();
      platform = known;
    }
    return Stream.concat(Stream.of(known), classPath.stream().map(this::types));
  }

  private NavigableMap<String, List<String>> types(Path entry) {
    return entries.computeIfAbsent(entry, path -> index(ClassNames.inEntry(path)));
  }

  private static NavigableMap<String, List<String>> ofPlatform() {
    return index(
        exported()
            .distinct()
            .flatMap(
                name -> ClassNames.inPackage(name, List.of()).map(simple -> name + "." + simple)));
  }

  private static Stream<String> exported() {
    return ModuleLayer.boot().modules().stream().flatMap(PlatformModule::exported);
  }

  private static NavigableMap<String, List<String>> index(Stream<String> names) {
    NavigableMap<String, List<String>> index = new TreeMap<>();
    names.forEach(name -> index.computeIfAbsent(simple(name), _ -> new ArrayList<>()).add(name));
    return index;
  }
}
