package argosy.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.file.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `%%writefile`.
final class Writing {

  private final KernelContext kernel;

  Writing(KernelContext kernel) {
    this.kernel = kernel;
  }

  List<Magic> magics() {
    BuiltIn writefile =
        new BuiltIn(
            "writefile",
            Magic.Kind.CELL,
            "Writes the cell to a file.",
            """
            %%writefile [-a] path
            the text

            -a  append\
            """,
            this::write);
    return List.of(writefile, writefile.alias("file"));
  }

  private @Nullable Object write(MagicCall call) throws Exception {
    List<String> words = new ArrayList<>(call.words());
    boolean append = words.remove("-a");
    if (words.size() != 1) {
      throw new MagicUsageException("it takes one path");
    }
    Path file = Glob.plain(kernel.folder(), words.getFirst());
    boolean existed = Files.exists(file);
    String body = call.body();
    String lines = body.isEmpty() || body.endsWith("\n") ? body : body + "\n";
    try {
      if (append) {
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } else {
        Files.writeString(file, lines);
      }
    } catch (NoSuchFileException e) {
      throw new MagicFailedException("there is no folder " + file.getParent(), e);
    } catch (IOException e) {
      throw new MagicFailedException("cannot write " + file + ": " + e, e);
    }
    String verb = !existed ? "wrote " : append ? "appended to " : "replaced ";
    kernel.currentCell().stdout(verb + file + "\n");
    return null;
  }
}
