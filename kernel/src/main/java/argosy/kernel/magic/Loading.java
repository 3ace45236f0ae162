package argosy.kernel.magic;

import argosy.kernel.extension.Declaration;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.file.Glob;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// `%load`: runs a file as if it stood in the cell.
final class Loading {

  private static final List<String> ENDINGS = List.of("", ".ipynb", ".java", ".jsh", ".jshell");

  /// The main method that takes a program's arguments.
  private static final Pattern MAIN =
      Pattern.compile("\\bstatic\\s+(?:final\\s+)?void\\s+main\\s*\\(\\s*(?:final\\s+)?String\\b");

  private final KernelContext kernel;
  private final Text text;

  /// The files that are being loaded now, the innermost first. Only the cell's thread loads.
  private final Deque<Path> open = new ArrayDeque<>();

  Loading(KernelContext kernel, Text text) {
    this.kernel = kernel;
    this.text = text;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "load",
            Magic.Kind.LINE,
            "Runs a file of Java code, or the code cells of a notebook.",
            """
            %load path

            The file is Java code (.java, .jsh) or a notebook (.ipynb), whose magics are run too;
            the ending may be left off. A path is relative to the file that has the %load, or to
            the folder of %cd.\
            """,
            this::load),
        new BuiltIn(
            "run",
            Magic.Kind.LINE,
            "Runs a file as a program: its code, then its main method, if it has one.",
            """
            %run path [argument...]

            What the file declares stays in the session. Otherwise as %load.\
            """,
            this::run));
  }

  private @Nullable Object run(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    if (words.isEmpty()) {
      throw new MagicUsageException("it takes the path of a file");
    }
    Path file = find(words.getFirst());
    load(file);
    if (!file.toString().endsWith(".ipynb")) {
      String arguments =
          words.stream().skip(1).map(Loading::literal).collect(Collectors.joining(", "));
      Optional<String> program = program(read(file));
      if (program.isPresent()) {
        kernel.evaluate(
            program.get() + ".main(new String[] {" + arguments + "});",
            String.valueOf(file.getFileName()));
      }
    }
    return null;
  }

  /// The first type of a file that has a main method.
  private Optional<String> program(String code) {
    return kernel.contents().declarations().stream()
        .filter(declaration ->
            declaration.kind() == Declaration.Kind.TYPE
                && MAIN.matcher(declaration.source()).find()
                && Pattern.compile("\\b" + declaration.name() + "\\b").matcher(code).find())
        .map(Declaration::name)
        .findFirst();
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private @Nullable Object load(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    if (words.size() != 1) {
      throw new MagicUsageException("it takes one path");
    }
    load(find(words.getFirst()));
    return null;
  }

  private void load(Path file) throws Exception {
    if (open.contains(file)) {
      throw new MagicFailedException(
          file
              + " loads itself: "
              + open.reversed().stream().map(Path::toString).collect(Collectors.joining(" -> ")));
    }
    open.push(file);
    try {
      if (file.toString().endsWith(".ipynb")) {
        runNotebook(file);
      } else {
        kernel.evaluate(read(file), String.valueOf(file.getFileName()));
      }
    } finally {
      open.pop();
    }
  }

  private Path find(String written) throws MagicFailedException {
    Path path = Glob.plain(kernel.folder(), written);
    List<Path> tried = new ArrayList<>();
    Path including = open.peek();
    for (String ending : ENDINGS) {
      if (including != null) {
        tried.add(including.resolveSibling(written + ending).toAbsolutePath().normalize());
      }
      tried.add(path.resolveSibling(path.getFileName() + ending));
    }
    return tried.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() ->
            new MagicFailedException(
                "there is no file "
                    + path
                    + ", nor with "
                    + String.join(", ", ENDINGS.subList(1, ENDINGS.size()))));
  }

  private void runNotebook(Path file) throws Exception {
    int number = 0;
    for (String cell : codeCells(file)) {
      number++;
      kernel.evaluate(cell, file.getFileName() + " [" + number + "]");
    }
  }

  private static List<String> codeCells(Path file) throws MagicFailedException {
    try {
      JsonObject notebook = JsonParser.parseString(read(file)).getAsJsonObject();
      List<String> cells = new ArrayList<>();
      for (JsonElement element : notebook.getAsJsonArray("cells")) {
        JsonObject cell = element.getAsJsonObject();
        if (cell.get("cell_type").getAsString().equals("code")) {
          cells.add(source(cell.get("source")));
        }
      }
      return cells;
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new MagicFailedException(file + " is no notebook of format 4: " + e.getMessage(), e);
    }
  }

  private static String read(Path file) throws MagicFailedException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new MagicFailedException("cannot read " + file + ": " + e, e);
    }
  }

  /// The format allows one string or a list of them.
  private static String source(JsonElement source) {
    return source instanceof JsonArray lines
        ? StreamSupport.stream(lines.spliterator(), false)
            .map(JsonElement::getAsString)
            .collect(Collectors.joining())
        : source.getAsString();
  }
}
