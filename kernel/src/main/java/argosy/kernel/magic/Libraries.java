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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `%jars`: libraries that are files here.
final class Libraries {

  private final KernelContext kernel;
  private final Text text;

  Libraries(KernelContext kernel, Text text) {
    this.kernel = kernel;
    this.text = text;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "jars",
            Magic.Kind.LINE_AND_CELL,
            "Adds jars to the class path; its value is their paths.",
            """
            %jars path...
            %%jars
            one path per line

            A path may have wildcards (*, ?, **, {a,b}); of a folder, all its jars are added.\
            """,
            this::jars));
  }

  /// Adds every path that the texts name, folders as they are.
  ///
  /// @throws MagicFailedException if a text without wildcards names nothing
  static void addPaths(KernelContext kernel, List<String> texts) throws MagicFailedException {
    List<Path> entries = new ArrayList<>();
    for (String path : texts) {
      entries.addAll(matches(Glob.of(kernel.folder(), path)));
    }
    kernel.classPath().add(entries);
  }

  /// {@return what [Glob#paths] does}
  static List<Path> matches(Glob glob) throws MagicFailedException {
    try {
      return glob.paths();
    } catch (NoSuchFileException e) {
      throw new MagicFailedException("there is no file or folder " + glob.base());
    } catch (IOException e) {
      throw new MagicFailedException("cannot list " + glob.base() + ": " + e.getMessage(), e);
    }
  }

  private @Nullable Object jars(MagicCall call) throws Exception {
    List<String> words = new ArrayList<>(text.words(call));
    call.body().lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(words::add);
    if (words.isEmpty()) {
      throw new MagicUsageException("it takes the path of a jar, or several");
    }
    List<Path> jars = new ArrayList<>();
    for (String word : words) {
      Glob glob = Glob.of(kernel.folder(), word);
      for (Path path : matches(glob)) {
        if (Files.isDirectory(path)) {
          if (!glob.hasWildcards()) {
            jars.addAll(matches(Glob.of(path, "*.jar")));
          }
        } else {
          jars.add(path);
        }
      }
    }
    kernel.classPath().add(jars);
    return jars.stream().map(Path::toString).toList();
  }
}
