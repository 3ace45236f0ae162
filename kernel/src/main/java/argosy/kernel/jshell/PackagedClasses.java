package argosy.kernel.jshell;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Compiles cells that start with `package p;`, as the Java files that they are. The shell finds
/// the classes in a folder of their own on its class path.
final class PackagedClasses implements AutoCloseable {

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final CompilerOptions options;
  private final AnnotationProcessors processors;
  private @Nullable CellFolder folder;

  PackagedClasses(CompilerOptions options, AnnotationProcessors processors) {
    this.options = options;
    this.processors = processors;
  }

  /// What became of a cell.
  sealed interface Result {

    /// It compiles.
    ///
    /// @param classes names and class files, in a stable order
    record Compiled(Map<String, ClassFileBytes> classes) implements Result {
      /// Copies.
      public Compiled {
        classes = new TreeMap<>(classes);
      }
    }

    /// It does not.
    ///
    /// @param problems what is wrong, with places in the text
    record Wrong(List<Problem> problems) implements Result {
      /// Copies.
      public Wrong {
        problems = List.copyOf(problems);
      }
    }
  }

  /// A class file.
  @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
  record ClassFileBytes(byte[] bytes) {}

  /// {@return the folder that has the classes; it lives as long as this object}
  Path folder() {
    return root().resolve("classes");
  }

  private Path root() {
    CellFolder existing = folder;
    if (existing == null) {
      try {
        existing = CellFolder.create(temporaryFiles());
        Files.createDirectory(existing.path().resolve("classes"));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot create a folder for compiled classes", e);
      }
      folder = existing;
    }
    return existing.path();
  }

  /// Deletes what sessions have left behind whose process was killed.
  static void sweep() {
    CellFolder.sweep(temporaryFiles());
  }

  private static Path temporaryFiles() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /// Compiles a text, first as it stands, then with imports added on its first line.
  ///
  /// @param declared where the `package` declaration ends in the text
  /// @param imports the imports that every session has, on one line
  Result compile(String text, int declared, String imports, List<Path> classPath) {
    Result plain = compile(text, 0, 0, classPath);
    if (plain instanceof Result.Compiled) {
      return plain;
    }
    String helped = text.substring(0, declared) + imports + text.substring(declared);
    return compile(helped, declared, imports.length(), classPath);
  }

  private Result compile(String text, int insertedAt, int inserted, List<Path> classPath) {
    List<Diagnostic<? extends JavaFileObject>> found = new ArrayList<>();
    StringWriter said = new StringWriter();
    List<String> all =
        options.with(
            "-g", processors.areIn(classPath) ? "-proc:full" : "-proc:none", "-Xlint:none");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> searched = new ArrayList<>();
      files.getLocationAsPaths(StandardLocation.CLASS_PATH).forEach(searched::add);
      searched.addAll(classPath);
      searched.add(folder());
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, searched);
      files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, classPath);
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(emptyOutput()));
      JavaCompiler.CompilationTask task =
          compiler.getTask(said, files, found::add, all, null, List.of(new Source(text)));
      if (task.call()) {
        return new Result.Compiled(takeOutput());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile into " + folder(), e);
    }
    List<Problem> problems =
        found.stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(diagnostic -> problem(diagnostic, insertedAt, inserted))
            .toList();
    return new Result.Wrong(problems.isEmpty() ? List.of(crash(said.toString())) : problems);
  }

  /// What the compiler says elsewhere: of a processor, or of itself, that fails.
  private static Problem crash(String said) {
    return new Problem(
        0,
        0,
        said.lines().filter(line -> !line.startsWith("\tat ")).collect(Collectors.joining("\n")));
  }

  private static Problem problem(Diagnostic<?> diagnostic, int insertedAt, int inserted) {
    int start = (int) Math.max(0, diagnostic.getStartPosition());
    int end = (int) Math.max(start, diagnostic.getEndPosition());
    return new Problem(
        start > insertedAt ? Math.max(insertedAt, start - inserted) : start,
        end > insertedAt ? Math.max(insertedAt, end - inserted) : end,
        CompilerMessages.plain(diagnostic));
  }

  private Path output() {
    return root().resolve("new");
  }

  private Path emptyOutput() throws IOException {
    CellFolder.deleteTree(output());
    return Files.createDirectories(output());
  }

  private Map<String, ClassFileBytes> takeOutput() throws IOException {
    Map<String, ClassFileBytes> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = output().relativize(file).toString();
        if (!path.endsWith(".class")) {
          continue; // a processor writes sources too
        }
        String name = path.substring(0, path.length() - 6).replace(File.separatorChar, '.');
        classes.put(name, new ClassFileBytes(Files.readAllBytes(file)));
      }
    }
    CellFolder.deleteTree(output());
    return classes;
  }

  /// Makes a class visible to the compiler.
  void publish(String name, ClassFileBytes classFile) {
    Path file = folder().resolve(name.replace('.', '/') + ".class");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, classFile.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void close() {
    CellFolder existing = folder;
    if (existing != null) {
      existing.close();
    }
  }

  /// A file that may declare any public class.
  private static final class Source extends SimpleJavaFileObject {

    private final String content;

    Source(String content) {
      super(URI.create("string:///Cell.java"), Kind.SOURCE);
      this.content = content;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE && !simpleName.contains("-"); // it is no package-info
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
