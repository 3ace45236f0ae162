package argosy.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.file.Glob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `%cd` and `%pwd`: the folder of commands and magics. Only the cell's thread uses it.
final class Folder {

  private final KernelContext kernel;
  private final Text text;
  private final Path ofProcess = Path.of("").toAbsolutePath();
  private Path previous;

  Folder(KernelContext kernel, Text text) {
    this.kernel = kernel;
    this.text = text;
    this.previous = ofProcess;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "cd",
            Magic.Kind.LINE,
            "Changes the folder of commands and magics.",
            """
            %cd path
            %cd -      the folder before
            %cd        your home

            %%bash and its kin start there, and %load, %run, %jars, %image, %save and %%writefile
            look there. Java code does not: new File("x") and Path.of("x") keep the folder that the
            kernel was started in, which a Java process cannot change. There, write
            String here = %pwd and then Path.of(here, "x").\
            """,
            this::change),
        new BuiltIn(
            "pwd",
            Magic.Kind.LINE,
            "The folder of commands and magics, as a text.",
            """
            %pwd
            String here = %pwd\
            """,
            this::show));
  }

  private String show(MagicCall call) {
    if (!call.arguments().isEmpty()) {
      throw new MagicUsageException("it takes no arguments");
    }
    return kernel.folder().toString();
  }

  private @Nullable Object change(MagicCall call) throws Exception {
    List<String> words = text.words(call);
    if (words.size() > 1) {
      throw new MagicUsageException("it takes one path");
    }
    String written = words.isEmpty() ? "~" : words.getFirst();
    Path folder = written.equals("-") ? previous : Glob.plain(kernel.folder(), written);
    if (!Files.isDirectory(folder)) {
      throw new MagicFailedException("there is no folder " + folder);
    }
    previous = kernel.folder();
    kernel.changeFolder(folder);
    kernel.currentCell().stdout(folder + "\n");
    if (!folder.equals(ofProcess)) {
      kernel
          .currentCell()
          .stderr(
              "Commands and magics work there now. Java code still works in "
                  + ofProcess
                  + ", which a Java process cannot change: write String here = %pwd and"
                  + " Path.of(here, …)\n");
    }
    return null;
  }
}
