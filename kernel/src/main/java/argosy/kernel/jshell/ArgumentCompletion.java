package argosy.kernel.jshell;

import argosy.kernel.extension.Magic;
import argosy.kernel.interpreter.Completions.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What could stand behind a magic, or in a text: options, files, and the libraries that the local
/// Maven repository has. Safe from any thread.
final class ArgumentCompletion {

  private static final int MAX_MATCHES = 200;
  private static final Pattern OPTION =
      Pattern.compile("(?<![\\w/<-])(?:--?[\\p{Alpha}][\\w-]*|/[\\p{Lower}][\\w-]*)");
  private static final Pattern PATH = Pattern.compile("\\b(?:path|file)\\b");
  private static final Pattern FILES =
      Pattern.compile("\\b(?:path|file|folder|commands?|arguments?)\\b");

  /// How a usage says what the lines below a cell magic are: on the line behind its own.
  private static final Pattern BODY = Pattern.compile("(?m)^%%.*\\R(.*)");

  private static final Pattern LIBRARIES = Pattern.compile("\\bcoordinates?\\b");
  private static final Pattern CODE =
      Pattern.compile("\\b(?:code|expression|expr|statements?|lambda)\\b");

  private final Supplier<Path> folder;
  private final Path repository;

  /// @param folder what the relative paths of magics are relative to
  /// @param repository the local Maven repository
  ArgumentCompletion(Supplier<Path> folder, Path repository) {
    this.folder = folder;
    this.repository = repository;
  }

  /// {@return one for a session whose magics work in a folder}
  static ArgumentCompletion ofSession(Supplier<Path> folder) {
    Path home = Path.of(System.getProperty("user.home", ""));
    String local = System.getProperty("maven.repo.local");
    return new ArgumentCompletion(
        folder, local == null ? home.resolve(".m2").resolve("repository") : Path.of(local));
  }

  /// {@return whether the arguments of a magic are Java}
  static boolean takesCode(Magic magic) {
    String usage = magic.usage();
    boolean takesPath = PATH.matcher(usage.lines().findFirst().orElse("")).find();
    return !takesPath && CODE.matcher(usage).find();
  }

  /// {@return whether the arguments of a magic may be something that nothing is known about}
  static boolean takesOther(Magic magic) {
    return takesCode(magic)
        || (magic.candidates().isEmpty() && !FILES.matcher(magic.usage()).find());
  }

  /// {@return what could stand in the place of a word behind a magic}
  ///
  /// @param isQuoted whether a quote precedes the word
  List<Match> ofMagic(Magic magic, String word, boolean isQuoted) {
    List<Match> matches = new ArrayList<>(options(magic, word));
    boolean isOption = !matches.isEmpty() && !word.isEmpty();
    magic.candidates().stream()
        .filter(candidate -> candidate.startsWith(word))
        .map(candidate -> new Match(candidate, "argument", ""))
        .forEach(matches::add);
    if (magic.usage().contains("group:artifact")) {
      matches.addAll(coordinates(word));
    }
    if (!isOption && !word.startsWith("-") && FILES.matcher(magic.usage()).find()) {
      matches.addAll(files(word, isQuoted));
    }
    return matches;
  }

  /// {@return what could stand in the place of a word on a line below a cell magic}
  List<Match> ofBody(Magic magic, String word, boolean isQuoted) {
    String lines = lines(magic);
    List<Match> matches = new ArrayList<>();
    if (LIBRARIES.matcher(lines).find()) {
      matches.addAll(coordinates(word));
    }
    if (FILES.matcher(lines).find()) {
      matches.addAll(files(word, isQuoted));
    }
    return matches;
  }

  /// {@return whether each line below a cell magic is one argument}
  static boolean takesLines(Magic magic) {
    return lines(magic).endsWith("per line");
  }

  private static String lines(Magic magic) {
    Matcher body = BODY.matcher(magic.usage());
    return body.find() ? body.group(1).strip() : "";
  }

  private List<Match> files(String word, boolean isQuoted) {
    return files(folder.get(), word).stream().map(file -> isQuoted ? file : quoted(file)).toList();
  }

  /// Blanks end an argument, unless they stand in quotes; what is in a folder may follow.
  private static Match quoted(Match file) {
    String path = file.text();
    String end = path.endsWith("/") ? "" : "\"";
    return path.indexOf(' ') < 0 ? file : new Match("\"" + path + end, file.type(), "");
  }

  private static List<Match> options(Magic magic, String word) {
    return word.isEmpty() || word.startsWith("-") || word.startsWith("/")
        ? OPTION
            .matcher(magic.usage())
            .results()
            .map(MatchResult::group)
            .filter(option -> option.startsWith(word))
            .distinct()
            .map(option -> new Match(option, "option", ""))
            .toList()
        : List.of();
  }

  /// {@return the files and folders whose path starts like this, as Java code may name them}
  List<Match> files(String typed) {
    return files(Path.of("").toAbsolutePath(), typed);
  }

  private static List<Match> files(Path folder, String typed) {
    int slash = typed.lastIndexOf('/') + 1;
    String parent = typed.substring(0, slash);
    String prefix = typed.substring(slash);
    return names(directory(folder, parent), prefix, true).stream()
        .filter(name -> !name.startsWith(".") || prefix.startsWith("."))
        .map(name -> new Match(parent + name, "path", ""))
        .toList();
  }

  private static Path directory(Path folder, String typed) {
    try {
      return typed.startsWith("~/")
          ? Path.of(System.getProperty("user.home", ""), typed.substring(2))
          : folder.resolve(typed);
    } catch (InvalidPathException e) {
      return folder.resolve("…");
    }
  }

  /// {@return the names of what is in a folder, ordered, at most [#MAX_MATCHES]}
  private static List<String> names(Path directory, String prefix, boolean withFiles) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix))
          .filter(entry -> withFiles || Files.isDirectory(entry))
          .map(entry -> entry.getFileName() + (withFiles && Files.isDirectory(entry) ? "/" : ""))
          .sorted()
          .limit(MAX_MATCHES)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /// {@return the coordinates that start like this, of libraries that were fetched before}
  private List<Match> coordinates(String typed) {
    String[] parts = typed.split(":", -1);
    Stream<String> found =
        switch (parts.length) {
          case 1 -> groups(typed);
          case 2 -> in(parts[0]).names(parts[1]).filter(in(parts[0])::isArtifact);
          case 3 -> in(parts[0] + "." + parts[1]).names(parts[2]);
          default -> Stream.empty();
        };
    String before = typed.substring(0, typed.lastIndexOf(':') + 1);
    return found.map(name -> new Match(before + name, "library", "")).toList();
  }

  /// A folder of the repository.
  private record Folder(Path path) {
    Stream<String> names(String prefix) {
      return ArgumentCompletion.names(path, prefix, false).stream();
    }

    boolean hasArtifacts() {
      return names("").anyMatch(this::isArtifact);
    }

    /// Whether a folder in this one has versions of a library in it.
    boolean isArtifact(String name) {
      return new Folder(path.resolve(name))
          .names("")
          .anyMatch(version ->
              Files.isRegularFile(
                  path.resolve(name).resolve(version).resolve(name + "-" + version + ".pom")));
    }
  }

  private Folder in(String name) {
    try {
      return new Folder(repository.resolve(name.replace('.', '/')));
    } catch (InvalidPathException e) {
      return new Folder(repository.resolve("…"));
    }
  }

  /// Groups as far as they are typed, one segment more.
  private Stream<String> groups(String typed) {
    int dot = typed.lastIndexOf('.') + 1;
    String parent = typed.substring(0, dot);
    Folder folder = in(dot == 0 ? "" : typed.substring(0, dot - 1));
    return folder
        .names(typed.substring(dot))
        .filter(name -> !name.startsWith("."))
        .map(name -> {
          boolean isGroup = new Folder(folder.path().resolve(name)).hasArtifacts();
          return parent + name + (isGroup ? ":" : ".");
        });
  }
}
