package argosy.kernel.jshell;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Imports on demand, resolved here: the shell is given `import java.util.List;` when a snippet
/// first names `List`, and never sees `import java.util.*;`. Confined to whoever holds the
/// [ShellLock].
final class Imports {

  /*
   * Why. At each import on demand the shell compiles every earlier snippet again, and drops the
   * variables whose declaration then fails, for example because `List` has become ambiguous. And
   * it has one level of imports on demand: the ones that every session starts with would make
   * names ambiguous that the user imports from elsewhere.
   */

  /// What code never means a type by, though a library may have one of that name: Lombok does.
  private static final Set<String> NO_TYPES = Set.of("var", "yield", "record", "sealed", "permits");

  private static final Pattern ON_DEMAND =
      Pattern.compile(
          "import\\s+(static\\s+)?([\\p{javaJavaIdentifierPart}.\\s]+?)\\.\\s*\\*\\s*;?");
  private static final Pattern MODULE =
      Pattern.compile("import\\s+module\\s+([\\p{javaJavaIdentifierPart}.\\s]+?)\\s*;?");
  private static final Pattern SINGLE =
      Pattern.compile(
          "import\\s+(static\\s+)?([\\p{javaJavaIdentifierPart}.\\s]+?)"
              + "\\.\\s*([\\p{javaJavaIdentifierPart}]+)\\s*;?");

  private final ClassLoader loader;
  private final Supplier<List<Path>> classPath;
  private final Set<Source> userSources = new LinkedHashSet<>();
  private final Set<Source> defaultSources = new LinkedHashSet<>();
  private final Map<String, Optional<Class<?>>> types = new HashMap<>();
  private final Map<Source, List<String>> names = new HashMap<>();
  private @Nullable Set<String> platformPackages;

  /// What is imported from.
  private enum Kind {
    /// A package, or a class with its nested classes.
    PACKAGE("import "),
    /// A class with its static members.
    STATICS("import static "),
    MODULE("import module ");

    private final String start;

    Kind(String start) {
      this.start = start;
    }
  }

  /// Something to import from.
  ///
  /// @param only the one name that may be taken from it, or an empty text for all
  private record Source(String name, Kind kind, String only) {

    String declaration() {
      String end = kind == Kind.MODULE ? "" : "." + (only.isEmpty() ? "*" : only);
      return kind.start + name + end + ";";
    }
  }

  /// What a name stands for.
  sealed interface Resolution {
    /// One thing.
    ///
    /// @param declaration the import of this one name
    record Found(String declaration) implements Resolution {}

    /// Several things.
    ///
    /// @param candidates the full names, all from imports of the user's own
    record Ambiguous(List<String> candidates) implements Resolution {
      public Ambiguous {
        candidates = List.copyOf(candidates);
      }
    }
  }

  Imports(ClassLoader loader, Supplier<List<Path>> classPath) {
    this.loader = loader;
    this.classPath = classPath;
  }

  /// Adds an import that every session has, on demand or of a single name.
  ///
  /// @throws IllegalArgumentException if it is no import
  void addDefault(String declaration) {
    defaultSources.add(
        parse(declaration)
            .orElseThrow(() -> new IllegalArgumentException("not an import: " + declaration)));
  }

  private static Optional<Source> parse(String declaration) {
    String text = declaration.strip();
    Matcher matcher = MODULE.matcher(text);
    if (matcher.matches()) {
      return Optional.of(new Source(withoutBlanks(matcher.group(1)), Kind.MODULE, ""));
    }
    matcher = ON_DEMAND.matcher(text);
    if (matcher.matches()) {
      return Optional.of(new Source(withoutBlanks(matcher.group(2)), kind(matcher), ""));
    }
    matcher = SINGLE.matcher(text);
    return matcher.matches()
        ? Optional.of(new Source(withoutBlanks(matcher.group(2)), kind(matcher), matcher.group(3)))
        : Optional.empty();
  }

  private static Kind kind(Matcher matcher) {
    return matcher.group(1) == null ? Kind.PACKAGE : Kind.STATICS;
  }

  private static String withoutBlanks(String name) {
    return name.replaceAll("\\s+", "");
  }

  /// {@return the name that an import of a single name makes known, or an empty text}
  static String singleName(String declaration) {
    return parse(declaration).map(Source::only).orElse("");
  }

  /// {@return the full name that an import of a single name is for}
  static String fullName(String declaration) {
    return parse(declaration).map(source -> source.name() + "." + source.only()).orElse("");
  }

  static boolean isOnDemand(String declaration) {
    return parse(declaration).filter(source -> source.only().isEmpty()).isPresent();
  }

  static boolean isOfModule(String declaration) {
    return parse(declaration).filter(source -> source.kind() == Kind.MODULE).isPresent();
  }

  /// {@return whether a declaration imports one type or static member that is there, and that the
  /// compiler knows without being told of previews}
  boolean has(String declaration) {
    return parse(declaration)
        .filter(source -> !source.only().isEmpty())
        .filter(source -> find(source, source.only()).findAny().isPresent())
        .filter(source -> !Previews.mayHave(source.name(), source.only(), loader))
        .isPresent();
  }

  /// Adds an import on demand of the user's own, which goes before those that every session has.
  ///
  /// @return what is wrong with it, or nothing
  Optional<String> add(String declaration) {
    Source source = parse(declaration).orElseThrow();
    if (exists(source)) {
      userSources.add(source);
      return Optional.empty();
    }
    return Optional.of(
        source.kind() == Kind.MODULE
            ? "imported module not found: " + source.name()
            : SleepingModules.having(source.name())
                .map(module -> SleepingModules.outside(source.name(), module))
                .or(() -> PlatformModule.keeping(source.name(), loader))
                .orElse("package " + source.name() + " does not exist"));
  }

  /// Takes over all of another session's.
  void addAll(Imports others) {
    defaultSources.addAll(others.defaultSources);
    userSources.addAll(others.userSources);
  }

  /// {@return the imports on demand of the user's own, as declarations}
  List<String> own() {
    return userSources.stream().map(Source::declaration).toList();
  }

  /// Takes an import on demand of the user's own back.
  void remove(String declaration) {
    userSources.removeIf(source -> source.declaration().equals(declaration));
  }

  /// {@return the packages that every session imports, as declarations on one line}
  String defaultPackages() {
    return defaultSources.stream()
        .filter(source -> source.only().isEmpty() && !namesIn(source).isEmpty())
        .map(source -> " " + source.declaration())
        .collect(Collectors.joining());
  }

  /// {@return whether a name, or a full name, is that of a public type and not of an annotation}
  boolean isTypeButNoAnnotation(String name) {
    String full =
        name.indexOf('.') >= 0
            ? name
            : resolve(name)
                .filter(Resolution.Found.class::isInstance)
                .map(found -> fullName(((Resolution.Found) found).declaration()))
                .orElse("java.lang." + name);
    return type(full).filter(type -> !type.isAnnotation()).isPresent();
  }

  /// {@return whether there is a public type that an import could name}
  boolean isType(String name) {
    return type(name).isPresent();
  }

  /// {@return just these imports, on demand or of single names, as far as what they name is there}
  Imports only(List<String> declarations) {
    Imports others = new Imports(loader, classPath);
    declarations.stream()
        .filter(declaration -> parse(declaration).isPresent())
        .forEach(others::add);
    return others;
  }

  /// Forgets what was not found, because new jars may have it.
  void classPathChanged() {
    types.values().removeIf(Optional::isEmpty);
    names.clear();
  }

  /// {@return what to import for a name; nothing if no import on demand has it}
  Optional<Resolution> resolve(String name) {
    List<String> own = search(userSources, name, false);
    if (own.equals(List.of("java.awt.List"))) {
      own = List.of(); // who draws with java.awt.* still means java.util's, as every session does
    }
    if (own.size() > 1) {
      return Optional.of(new Resolution.Ambiguous(own));
    }
    boolean isOfLanguage = own.isEmpty() && type("java.lang." + name).isPresent();
    List<String> found = own.isEmpty() && !isOfLanguage ? search(defaultSources, name, false) : own;
    if (found.isEmpty() && !isOfLanguage) {
      found = search(userSources, name, true);
      if (found.size() > 1) {
        return Optional.of(new Resolution.Ambiguous(found));
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Resolution.Found("import " + found.getFirst() + ";"));
  }

  /// {@return the simple names, beginning with a prefix, of what is imported on demand}
  Stream<String> names(String prefix) {
    return names(name -> name.startsWith(prefix));
  }

  /// {@return the simple names, of some kind, of what is imported on demand}
  Stream<String> names(Predicate<String> kind) {
    return Stream.concat(userSources.stream(), defaultSources.stream())
        .flatMap(source ->
            names.computeIfAbsent(source, this::namesIn).stream()
                .filter(name -> kind.test(name) && find(source, name).findAny().isPresent()))
        .distinct()
        .sorted();
  }

  /// {@return the full names of the types of a simple name in packages that the user imports from
  /// which no import makes known, because they are not public}
  Stream<String> hidden(String name) {
    return userSources.stream()
        .filter(source -> source.kind() == Kind.PACKAGE && source.only().isEmpty())
        .map(source -> source.name() + "." + name)
        .filter(type -> type(type).isEmpty() && isThere(type));
  }

  private boolean isThere(String type) {
    try {
      Class<?> _ = Class.forName(type, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private List<String> namesIn(Source source) {
    if (!source.only().isEmpty()) {
      return List.of(source.only());
    }
    if (source.kind() == Kind.MODULE) {
      return PlatformModule.named(source.name()).stream()
          .flatMap(PlatformModule::packages)
          .flatMap(exported -> ClassNames.inPackage(exported, List.of()))
          .toList();
    }
    Optional<Class<?>> type = type(source.name());
    return type.isPresent()
        ? staticMembers(type.get()).map(Member::getName).distinct().toList()
        : ClassNames.inPackage(source.name(), searchedEntries()).toList();
  }

  /// @param inModules whether to search modules, which all else goes before
  private List<String> search(Set<Source> sources, String name, boolean inModules) {
    return sources.stream()
        .filter(source -> inModules == (source.kind() == Kind.MODULE))
        .filter(source -> source.only().isEmpty() || source.only().equals(name))
        .flatMap(source -> find(source, name))
        .distinct()
        .toList();
  }

  /// What a single import names, if one finds a name in a source.
  private Stream<String> find(Source source, String name) {
    boolean lowerCase = Character.isLowerCase(name.codePointAt(0));
    if (lowerCase
        && source.kind() != Kind.STATICS
        && (source.name().startsWith("java") || NO_TYPES.contains(name))) {
      return Stream.empty();
    }
    if (source.kind() == Kind.MODULE) {
      return PlatformModule.named(source.name()).stream().flatMap(module -> module.types(name));
    }
    Optional<Class<?>> owner =
        source.kind() == Kind.STATICS ? type(source.name()) : Optional.empty();
    if (owner.isPresent()) {
      boolean has = staticMembers(owner.get()).anyMatch(member -> member.getName().equals(name));
      return has ? Stream.of("static " + source.name() + "." + name) : Stream.empty();
    }
    return type(source.name() + "." + name).stream().map(_ -> source.name() + "." + name);
  }

  private static Stream<? extends Member> staticMembers(Class<?> owner) {
    return Stream.of(owner.getMethods(), owner.getFields())
        .flatMap(Stream::of)
        .map(Member.class::cast)
        .filter(member -> Modifier.isStatic(member.getModifiers()));
  }

  /// A public class by the name that an import uses for it.
  private Optional<Class<?>> type(String name) {
    return types.computeIfAbsent(name, this::load);
  }

  private Optional<Class<?>> load(String name) {
    String binary = name;
    while (true) {
      try {
        Class<?> type = Class.forName(binary, false, loader);
        return Modifier.isPublic(type.getModifiers()) ? Optional.of(type) : Optional.empty();
      } catch (ClassNotFoundException | LinkageError e) {
        int dot = binary.lastIndexOf('.');
        if (dot < 0 || !Character.isUpperCase(lastPackagePart(binary, dot))) {
          return Optional.empty();
        }
        binary = binary.substring(0, dot) + '$' + binary.substring(dot + 1);
      }
    }
  }

  /// By convention a name in upper case is a class, in which the next one may be nested.
  private static int lastPackagePart(String name, int dot) {
    return name.codePointAt(name.lastIndexOf('.', dot - 1) + 1);
  }

  private boolean exists(Source source) {
    if (source.kind() == Kind.MODULE) {
      return PlatformModule.named(source.name()).isPresent();
    }
    if (type(source.name()).isPresent()) {
      return true;
    }
    boolean isKept = PlatformModule.keeping(source.name(), loader).isPresent();
    return source.kind() != Kind.STATICS
        && ((!isKept
                && (platformPackages().contains(source.name())
                    || loader.getResource(source.name().replace('.', '/') + "/") != null))
            || searchedEntries().stream().anyMatch(entry -> hasPackage(entry, source.name())));
  }

  private Set<String> platformPackages() {
    Set<String> known = platformPackages;
    if (known == null) {
      known = new LinkedHashSet<>();
      for (Module module : ModuleLayer.boot().modules()) {
        known.addAll(module.getPackages());
      }
      platformPackages = known;
    }
    return known;
  }

  /// {@return the jars and folders where classes are looked for: the process's and the session's}
  List<Path> searchedEntries() {
    List<Path> entries = new ArrayList<>();
    Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path", ""))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .forEach(entries::add);
    entries.addAll(classPath.get());
    return entries;
  }

  private static boolean hasPackage(Path entry, String name) {
    String folder = name.replace('.', '/') + "/";
    if (Files.isDirectory(entry)) {
      return Files.isDirectory(entry.resolve(folder));
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.stream().anyMatch(file -> file.getName().startsWith(folder));
    } catch (IOException e) {
      return false;
    }
  }
}
