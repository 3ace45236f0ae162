package argosy.kernel.magic;

import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.Declaration;
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
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `%reset`, `%save`, `%history` and `%jshell`: what the session holds.
final class SessionMagics {

  private static final List<String> COMMANDS =
      List.of(
          "/vars",
          "/methods",
          "/types",
          "/imports",
          "/list",
          "/history",
          "/drop",
          "/reset",
          "/open",
          "/save",
          "/help");
  private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

  private final KernelContext kernel;
  private final Text text;

  SessionMagics(KernelContext kernel, Text text) {
    this.kernel = kernel;
    this.text = text;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "reset",
            Magic.Kind.LINE,
            "Forgets all variables, methods, types and imports of the notebook.",
            """
            %reset

            Libraries stay on the class path. -f is accepted and makes no difference.\
            """,
            this::reset),
        new BuiltIn(
            "save",
            Magic.Kind.LINE,
            "Saves the code of cells to a file, by their numbers.",
            """
            %save [-a] file [n | n-m]...

            Without numbers, all cells that ran so far, in their order. -a appends.\
            """,
            this::save),
        new BuiltIn(
            "history",
            Magic.Kind.LINE,
            "Prints the code of cells that ran, by their numbers.",
            """
            %history [n | n-m]...

            Without numbers, all cells that ran so far.\
            """,
            this::history),
        new BuiltIn(
            "jshell",
            Magic.Kind.LINE,
            "Takes commands of the JShell tool.",
            """
            %jshell /vars       variables with their types and values
            %jshell /methods    methods
            %jshell /types      classes, interfaces, enums and records
            %jshell /imports    imports
            %jshell /list       everything that is declared, as it was written
            %jshell /history    the cells that ran, as they were written
            %jshell /drop name...
            %jshell /reset      as %reset
            %jshell /open file  as %load
            %jshell /save file  as %save

            A command may be shortened as long as only one begins so.\
            """,
            this::names,
            this::jshell));
  }

  private List<String> names() {
    return kernel.contents().declarations().stream()
        .filter(declaration -> declaration.kind() != Declaration.Kind.IMPORT)
        .map(declaration -> declaration.name().replaceFirst("\\(.*", ""))
        .distinct()
        .sorted()
        .toList();
  }

  private @Nullable Object reset(MagicCall call) {
    if (!List.of("", "-f").contains(call.arguments())) {
      throw new MagicUsageException("it takes no arguments");
    }
    tell(kernel.contents().reset());
    return null;
  }

  private void tell(List<String> notices) {
    notices.forEach(notice -> kernel.currentCell().stderr(notice + "\n"));
  }

  private @Nullable Object save(MagicCall call) throws Exception {
    List<String> words = new ArrayList<>(text.words(call));
    boolean append = words.remove("-a");
    if (words.isEmpty()) {
      throw new MagicUsageException("it takes the path of a file");
    }
    Path file = Glob.plain(kernel.folder(), words.removeFirst());
    List<Integer> numbers = numbers(words);
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      Optional<String> cell = kernel.contents().cell(number);
      if (cell.isEmpty() && !words.isEmpty()) {
        throw new MagicFailedException("there is no cell [" + number + "]");
      }
      cell.ifPresent(code -> text.append(code.strip()).append("\n\n"));
    }
    write(file, text.toString().stripTrailing() + "\n", append);
    kernel.currentCell().stdout("saved " + numbers.size() + " cells to " + file + "\n");
    return null;
  }

  private static void write(Path file, String text, boolean append) throws MagicFailedException {
    try {
      String before = append && Files.exists(file) ? Files.readString(file) + "\n" : "";
      Files.writeString(file, before + text);
    } catch (IOException e) {
      throw new MagicFailedException("cannot write " + file + ": " + e, e);
    }
  }

  /// The numbers that words name; those of all cells so far, if there are none.
  private List<Integer> numbers(List<String> words) {
    return words.isEmpty()
        ? IntStream.range(1, kernel.currentCell().number()).boxed().toList()
        : words.stream().flatMap(SessionMagics::numbers).toList();
  }

  private static Stream<Integer> numbers(String word) {
    Matcher range = RANGE.matcher(word);
    if (!range.matches()) {
      throw new MagicUsageException(word + " is no number of a cell, nor two with - between");
    }
    int first = Integer.parseInt(range.group(1));
    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
    return IntStream.rangeClosed(first, last).boxed();
  }

  private @Nullable Object jshell(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    if (words.isEmpty()) {
      throw new MagicUsageException("it takes a command");
    }
    List<String> rest = words.subList(1, words.size());
    switch (command(words.getFirst())) {
      case "/vars" -> print(kernel.variables().stream().map(SessionMagics::line));
      case "/methods" -> print(names(Declaration.Kind.METHOD));
      case "/types" -> print(names(Declaration.Kind.TYPE));
      case "/imports" -> print(sources(Declaration.Kind.IMPORT));
      case "/list" -> print(kernel.contents().declarations().stream().map(Declaration::source));
      case "/history" -> history(numbers(List.of()));
      case "/drop" -> drop(rest);
      case "/reset" -> tell(kernel.contents().reset());
      case "/open" -> kernel.evaluate("%load " + String.join(" ", rest), call.line());
      case "/save" -> save(new MagicCall(String.join(" ", rest), "", false, call.line()));
      default -> kernel.evaluate("%help jshell", call.line());
    }
    return null;
  }

  private static String command(String word) {
    List<String> meant = COMMANDS.stream().filter(command -> command.startsWith(word)).toList();
    if (meant.contains(word)) {
      return word;
    }
    if (meant.size() != 1 || !word.startsWith("/")) {
      throw new MagicUsageException("there is no command " + word);
    }
    return meant.getFirst();
  }

  private static String line(CellVariable variable) {
    return Variables.type(variable) + " " + variable.name() + " = " + Variables.shown(variable);
  }

  private Stream<String> names(Declaration.Kind kind) {
    return kernel.contents().declarations().stream()
        .filter(declaration -> declaration.kind() == kind)
        .map(declaration -> declaration.source().lines().findFirst().orElse(declaration.name()));
  }

  private Stream<String> sources(Declaration.Kind kind) {
    return kernel.contents().declarations().stream()
        .filter(declaration -> declaration.kind() == kind)
        .map(Declaration::source);
  }

  private @Nullable Object history(MagicCall call) throws Exception {
    history(numbers(text.words(call)));
    return null;
  }

  private void history(List<Integer> numbers) {
    print(
        numbers.stream()
            .map(number ->
                kernel.contents().cell(number).map(code -> "// [" + number + "]\n" + code))
            .flatMap(Optional::stream));
  }

  private void drop(List<String> names) throws MagicFailedException {
    if (names.isEmpty()) {
      throw new MagicUsageException("/drop takes a name, or several");
    }
    for (String name : names) {
      Predicate<Declaration> named =
          declaration -> declaration.name().equals(name) || declaration.simpleName().equals(name);
      if (kernel.contents().declarations().stream().noneMatch(named)) {
        throw new MagicFailedException("nothing is called " + name);
      }
      tell(kernel.contents().forget(named));
    }
  }

  private void print(Stream<String> lines) {
    kernel.currentCell().stdout(lines.map(line -> line + "\n").collect(Collectors.joining()));
  }
}
