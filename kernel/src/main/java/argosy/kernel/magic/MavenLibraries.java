package argosy.kernel.magic;

import argosy.kernel.dependency.Coordinate;
import argosy.kernel.dependency.Dependencies;
import argosy.kernel.dependency.Resolution;
import argosy.kernel.dependency.UnresolvedException;
import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.file.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The magics that fetch libraries from Maven repositories, in the grammars of several kernels:
/// `%maven`, `%%pom`, `%classpath`, `%dependency`.
final class MavenLibraries {

  private final KernelContext kernel;
  private final Text text;
  private final Dependencies dependencies;
  private final List<Coordinate> toResolve = new ArrayList<>();

  MavenLibraries(KernelContext kernel, Text text, Dependencies dependencies) {
    this.kernel = kernel;
    this.text = text;
    this.dependencies = dependencies;
  }

  List<Magic> magics() {
    BuiltIn maven =
        new BuiltIn(
            "maven",
            Magic.Kind.LINE,
            "Fetches libraries from Maven Central, or other repositories, and what they need.",
            """
            %maven group:artifact[:type[:classifier]]:version...

            All libraries of a session are chosen to fit together. %mavenRepo adds repositories;
            settings.xml and the local repository are Maven's own.\
            """,
            this::maven);
    BuiltIn mavenRepo =
        new BuiltIn(
            "mavenRepo",
            Magic.Kind.LINE,
            "Adds a Maven repository, asked after the others, or lists them.",
            "%mavenRepo [id url]",
            this::mavenRepo);
    BuiltIn pom =
        new BuiltIn(
            "pom",
            Magic.Kind.LINE_AND_CELL,
            "Fetches the dependencies of a Maven POM.",
            """
            %pom path
            %%pom
            <dependency>...</dependency>

            The cell has a whole POM, or only a dependency, a list of them, repositories.
            Dependencies for tests are left out.\
            """,
            this::pom);
    return List.of(
        maven,
        maven.alias("addMavenDependencies"),
        maven.alias("addMavenDependency"),
        mavenRepo,
        mavenRepo.alias("addMavenRepo"),
        pom,
        pom.alias("loadFromPOM"),
        new BuiltIn(
            "classpath",
            Magic.Kind.LINE_AND_CELL,
            "Adds jars and folders to the class path, or shows it.",
            """
            %classpath
            %classpath path...
            %classpath add jar path...
            %classpath add mvn group artifact version
            %classpath add mvn group:artifact:version...
            %classpath config resolver id url
            %%classpath add jar | mvn
            one path or coordinate per line

            A path may have wildcards; of a folder, its classes are added, not its jars.\
            """,
            this::classPath),
        new BuiltIn(
            "dependency",
            Magic.Kind.LINE,
            "Fetches libraries, step by step.",
            """
            %dependency /add group:artifact[:type[:classifier]]:version
            %dependency /resolve
            %dependency /list-dependencies
            %dependency /list-artifacts
            %dependency /list-repos
            %dependency /add-repo id url\
            """,
            this::dependency));
  }

  private @Nullable Object maven(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    if (words.isEmpty()) {
      throw new MagicUsageException("it takes a coordinate, or several");
    }
    resolve(words.stream().map(MavenLibraries::coordinate).toList());
    return null;
  }

  private @Nullable Object mavenRepo(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    switch (words.size()) {
      case 0 -> print(dependencies.repositories());
      case 2 -> addRepository(words.get(0), words.get(1));
      default -> throw new MagicUsageException("it takes an id and a url");
    }
    return null;
  }

  private @Nullable Object pom(MagicCall call) throws Exception {
    if (call.isCell()) {
      if (call.body().isBlank()) {
        throw new MagicUsageException("the cell has no POM");
      }
      addPom(call.body(), null);
      return null;
    }
    List<String> words = text.words(call);
    if (words.size() != 1) {
      throw new MagicUsageException("it takes the path of a POM");
    }
    Path file = Libraries.matches(Glob.of(kernel.folder(), words.getFirst())).getFirst();
    Path pom = Files.isDirectory(file) ? file.resolve("pom.xml") : file;
    try {
      addPom(Files.readString(pom), pom);
    } catch (IOException e) {
      throw new MagicFailedException("cannot read " + pom + ": " + e, e);
    }
    return null;
  }

  private void addPom(String text, @Nullable Path file)
      throws MagicFailedException, InterruptedException {
    try {
      add(progress -> dependencies.resolvePom(text, file, progress));
    } catch (IllegalArgumentException e) {
      throw new MagicUsageException(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object classPath(MagicCall call) throws Exception {
    List<String> words = new ArrayList<>(text.words(call));
    if (call.isCell()) {
      call.body().lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(words::add);
    }
    if (words.isEmpty()) {
      print(kernel.classPath().entries().stream().map(Path::toString).toList());
      return null;
    }
    switch (words.getFirst()) {
      case "add" -> addToClassPath(words.subList(1, words.size()));
      case "config" -> configure(words.subList(1, words.size()));
      case "reset" ->
          throw new MagicUsageException(
              "what is on the class path stays there until the kernel restarts");
      default -> Libraries.addPaths(kernel, words);
    }
    return null;
  }

  private void addToClassPath(List<String> words) throws Exception {
    if (words.size() < 2) {
      throw new MagicUsageException("add takes jar or mvn, and what to add");
    }
    List<String> rest = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "jar" -> Libraries.addPaths(kernel, rest);
      case "mvn" -> resolve(mvn(rest));
      default -> throw new MagicUsageException("add takes jar or mvn, not " + words.getFirst());
    }
  }

  private static List<Coordinate> mvn(List<String> words) {
    boolean isSpread = words.stream().noneMatch(word -> word.contains(":")) && words.size() <= 5;
    return isSpread
        ? List.of(coordinate(String.join(":", words)))
        : words.stream().map(MavenLibraries::coordinate).toList();
  }

  private void configure(List<String> words) {
    if (words.equals(List.of("resolver", "mvnLocal"))) {
      return; // Maven's local repository, which is always asked
    }
    if (words.size() != 3 || !words.getFirst().equals("resolver")) {
      throw new MagicUsageException("config takes resolver, an id and a url");
    }
    addRepository(words.get(1), words.get(2));
  }

  private @Nullable Object dependency(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    if (words.isEmpty()) {
      throw new MagicUsageException("it takes a command such as /add");
    }
    List<String> rest = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "/add" -> collect(rest);
      case "/resolve" -> {
        resolveCollected();
      }
      case "/list-dependencies" -> {
        List<String> all = new ArrayList<>(dependencies.requested());
        toResolve.forEach(c -> all.add(c + " (not resolved yet)"));
        print(all);
      }
      case "/list-artifacts" -> print(dependencies.loaded());
      case "/list-repos" -> print(dependencies.repositories());
      case "/add-repo" -> {
        if (rest.size() < 2) {
          throw new MagicUsageException("/add-repo takes an id and a url");
        }
        addRepository(rest.get(0), rest.get(1));
      }
      default -> throw new MagicUsageException("there is no command " + words.getFirst());
    }
    return null;
  }

  /// What cannot be had is forgotten, or it would fail all that is added later.
  private void resolveCollected() throws MagicFailedException, InterruptedException {
    List<Coordinate> all = List.copyOf(toResolve);
    toResolve.clear();
    try {
      resolve(all);
    } catch (MagicFailedException e) {
      throw new MagicFailedException(
          e.getMessage() + "\nwhat was added is forgotten: /add it again as it should be", e);
    }
  }

  private void collect(List<String> words) {
    List<Coordinate> coordinates =
        words.stream()
            .filter(word -> !word.startsWith("-"))
            .map(MavenLibraries::coordinate)
            .toList();
    if (coordinates.isEmpty()) {
      throw new MagicUsageException("/add takes a coordinate");
    }
    toResolve.addAll(coordinates);
  }

  private void addRepository(String id, String url) {
    try {
      dependencies.addRepository(id, url);
    } catch (IllegalArgumentException e) {
      throw new MagicUsageException(String.valueOf(e.getMessage()));
    }
  }

  private void resolve(List<Coordinate> coordinates)
      throws MagicFailedException, InterruptedException {
    if (!coordinates.isEmpty()) {
      add(progress -> dependencies.resolve(coordinates, progress));
    }
  }

  private interface Request {
    Resolution run(Consumer<String> progress) throws UnresolvedException, InterruptedException;
  }

  private void add(Request request) throws MagicFailedException, InterruptedException {
    CurrentCell cell = kernel.currentCell();
    Resolution resolution;
    try {
      resolution = request.run(new OneLine(cell));
    } catch (UnresolvedException e) {
      throw new MagicFailedException(String.valueOf(e.getMessage()), e);
    }
    kernel.classPath().add(resolution.jars());
    if (!resolution.jars().isEmpty()) {
      dependencies.fetchSources(); // for their documentation, which nobody should have to wait for
    }
    resolution.notices().forEach(notice -> cell.stderr(notice + "\n"));
  }

  private void print(List<String> lines) {
    kernel
        .currentCell()
        .stdout(lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  private static Coordinate coordinate(String word) {
    try {
      return Coordinate.parse(word);
    } catch (IllegalArgumentException e) {
      throw new MagicUsageException(String.valueOf(e.getMessage()));
    }
  }

  /// Shows progress in one place of the cell, from whatever thread reports it.
  private static final class OneLine implements Consumer<String> {

    private final CurrentCell cell;
    private @Nullable String displayId;

    OneLine(CurrentCell cell) {
      this.cell = cell;
    }

    @Override
    public synchronized void accept(String message) {
      Map<String, Object> bundle = Map.of("text/plain", message);
      if (displayId == null) {
        displayId = cell.display(bundle);
      } else {
        cell.update(displayId, bundle);
      }
    }
  }
}
