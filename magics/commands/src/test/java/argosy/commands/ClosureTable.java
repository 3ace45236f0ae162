package argosy.commands;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.interpreter.CellOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/// The closure suite: cells that give work to `map` and `submit`, and what the last one shows.
///
/// It is data, read here and by the tests of the installed kernel. A file is one session; a title
/// starts a case, a lone `~` separates its cells, and `=>` what the last cell shows.
///
/// ```text
/// -- a cell variable
/// int base = 5;
/// ~
/// map(List.of(4), x -> x + base)
/// => [9]
/// ```
final class ClosureTable {

  private static final Path FOLDER = Path.of("src/test/resources/argosy/commands/closures");
  private static final String TITLE = "-- ";
  private static final String SEPARATOR = "~";
  private static final String SHOWN = "=>";

  /// Cells, and what the last of them shows.
  record Case(String title, List<String> cells, String expected) {

    void check(Notebook notebook) {
      Notebook.Ran last = null;
      for (String cell : cells) {
        last = notebook.run(cell);
        assertThat(last.outcome()).as(last::description).isNotInstanceOf(CellOutcome.Failed.class);
      }
      if (last != null) {
        last.shows(expected);
      }
    }
  }

  private ClosureTable() {}

  /// {@return a container for each file, with a test for each case}
  ///
  /// @param open opens a session in which `map` and `submit` are known
  static Stream<DynamicNode> tests(Supplier<Notebook> open) {
    return files().map(file -> DynamicContainer.dynamicContainer(name(file), session(file, open)));
  }

  private static Stream<DynamicTest> session(Path file, Supplier<Notebook> open) {
    return Stream.of(file)
        .flatMap(one -> {
          Notebook notebook = open.get();
          return cases(one).stream()
              .map(each -> DynamicTest.dynamicTest(each.title(), () -> each.check(notebook)))
              .onClose(notebook::close);
        });
  }

  private static Stream<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".txt", "");
  }

  private static List<Case> cases(Path file) {
    try {
      return Stream.of(("\n" + Files.readString(file)).split("\n" + TITLE))
          .skip(1)
          .map(ClosureTable::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case parse(String text) {
    List<String> lines = text.strip().lines().toList();
    List<String> cells = new ArrayList<>();
    List<String> cell = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith(SHOWN)) {
        break;
      }
      if (line.equals(SEPARATOR)) {
        cells.add(String.join("\n", cell));
        cell.clear();
      } else {
        cell.add(line);
      }
    }
    cells.add(String.join("\n", cell));
    String expected =
        lines.stream()
            .filter(line -> line.startsWith(SHOWN))
            .map(line -> line.equals(SHOWN) ? "" : line.substring(SHOWN.length() + 1))
            .collect(joining("\n"));
    return new Case(lines.getFirst(), List.copyOf(cells), expected);
  }
}
