package argosy.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadingTest {

  @TempDir Path folder;
  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void register() {
    new Loading(kernel, new Text(kernel)).magics().forEach(kernel::register);
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Setup.java", "setup.jsh", "setup.jshell", "setup"})
  void runsAFileOfCode(String name) throws Exception {
    file(name, "int a = 1;\n");
    kernel.line("load", "'" + folder.resolve(name) + "'");
    assertThat(kernel.evaluated).containsExactly(new FakeKernel.Evaluated("int a = 1;\n", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.java", "x.jsh", "x.jshell"})
  void theEndingMayBeLeftOff(String name) throws Exception {
    file(name, "a");
    kernel.line("load", folder.resolve("x").toString());
    assertThat(kernel.evaluated).containsExactly(new FakeKernel.Evaluated("a", name));
  }

  @Test
  void runsTheCodeCellsOfANotebookInOrder() throws Exception {
    file(
        "n.ipynb",
        """
        {"cells": [
          {"cell_type": "markdown", "source": ["# no"]},
          {"cell_type": "code", "source": ["%maven a:b:1\\n", "int x;"]},
          {"cell_type": "code", "source": "x++"}],
         "nbformat": 4}
        """);
    kernel.line("load", folder.resolve("n").toString());
    assertThat(kernel.evaluated)
        .containsExactly(
            new FakeKernel.Evaluated("%maven a:b:1\nint x;", "n.ipynb [1]"),
            new FakeKernel.Evaluated("x++", "n.ipynb [2]"));
  }

  @Test
  void aNestedLoadIsRelativeToItsOwnFile() throws Exception {
    file("one.jsh", "nested");
    file("lib/one.jsh", "inner");
    file("lib/two.jsh", "innermost");
    kernel.evaluator =
        code ->
            switch (code) {
              case "nested" -> kernel.line("load", "lib/one");
              case "inner" -> kernel.line("load", "two");
              default -> null;
            };
    kernel.line("load", folder.resolve("one.jsh").toString());
    assertThat(kernel.evaluated)
        .extracting(FakeKernel.Evaluated::code)
        .containsExactly("nested", "inner", "innermost");
  }

  @Test
  void aFileThatLoadsItselfIsSaid() throws Exception {
    file("a.jsh", "a");
    kernel.evaluator = code -> kernel.line("load", "a");
    assertThatThrownBy(() -> kernel.line("load", folder.resolve("a").toString()))
        .isInstanceOf(MagicFailedException.class)
        .hasMessageContaining("a.jsh loads itself");
  }

  @Test
  void aFailedFileLeavesNothingOpen() throws Exception {
    file("a.jsh", "a");
    kernel.evaluator =
        code -> {
          throw new IllegalStateException("inside");
        };
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> kernel.line("load", folder.resolve("a").toString()))
          .hasMessage("inside");
    }
  }

  @Test
  void aMissingFileIsNamedWithItsWholePath() {
    assertThatThrownBy(() -> kernel.line("load", "no/such"))
        .isInstanceOf(MagicFailedException.class)
        .hasMessageContaining(Path.of("no/such").toAbsolutePath().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{\"worksheets\": []}", "{\"cells\": [{\"cell_type\": \"code\"}]}"})
  void whatIsNoNotebookIsSaid(String text) throws Exception {
    file("n.ipynb", text);
    assertThatThrownBy(() -> kernel.line("load", folder.resolve("n.ipynb").toString()))
        .isInstanceOf(MagicFailedException.class)
        .hasMessageContaining("n.ipynb is no notebook of format 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b"})
  void itTakesOnePath(String arguments) {
    assertThatThrownBy(() -> kernel.line("load", arguments))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("it takes one path");
  }
}
