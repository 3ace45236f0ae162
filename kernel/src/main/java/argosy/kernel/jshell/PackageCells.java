package argosy.kernel.jshell;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import jdk.jshell.JShell;

/// Takes up cells that are Java files of their own. Confined to whoever holds the [ShellLock].
final class PackageCells implements AutoCloseable {

  private final JShell shell;
  private final CellLoader loader;
  private final SourceLines lines;
  private final Redefinitions redefinitions;
  private final Imports imports;
  private final CompilerMessages messages;
  private final Supplier<List<Path>> classPath;
  private final PackagedClasses packaged;

  PackageCells(
      JShell shell,
      CellLoader loader,
      SourceLines lines,
      Redefinitions redefinitions,
      Imports imports,
      CompilerMessages messages,
      Supplier<List<Path>> classPath,
      CompilerOptions options,
      AnnotationProcessors processors) {
    this.shell = shell;
    this.loader = loader;
    this.lines = lines;
    this.redefinitions = redefinitions;
    this.imports = imports;
    this.messages = messages;
    this.classPath = classPath;
    this.packaged = new PackagedClasses(options, processors);
  }

  /// Lets the compiler see all that another session has declared.
  void publish(CellLoader others) {
    others
        .allRecorded()
        .forEach((name, bytes) -> {
          if (!others.isPassing(name)) {
            packaged.publish(
                name,
                new PackagedClasses.ClassFileBytes(others.woven(bytes))); // wrappers are public
          }
        });
    shell.addToClasspath(packaged.folder().toString());
  }

  /// @param declared where the `package` declaration of the text ends
  Evaluation evaluate(String text, int declared, Origin origin) {
    return switch (packaged.compile(text, declared, imports.defaultPackages(), classPath.get())) {
      case PackagedClasses.Result.Wrong(List<Problem> problems) ->
          new Evaluation.Rejected(messages.withHints(problems, text));
      case PackagedClasses.Result.Compiled(Map<String, PackagedClasses.ClassFileBytes> classes) ->
          takeUp(classes, declared, origin);
    };
  }

  private Evaluation takeUp(
      Map<String, PackagedClasses.ClassFileBytes> classes, int declared, Origin origin) {
    Map<String, byte[]> fresh = new HashMap<>();
    Map<String, byte[]> known = new HashMap<>();
    classes.forEach((name, compiled) ->
        (loader.defined(name) == null ? fresh : known)
            .put(name, lines.inCell(compiled.bytes(), origin)));
    if (!known.isEmpty() && !redefinitions.inPlace(known)) {
      return new Evaluation.Rejected(
          List.of(
              new Problem(
                  0,
                  declared,
                  String.join(", ", new TreeSet<>(known.keySet()))
                      + " is in use with another shape. Once it is used, a class of a package can"
                      + " change the bodies of its methods only. Leave the package declaration"
                      + " out, for a class without one may change at any time; or give the class"
                      + " another name; or restart the kernel")));
    }
    loader.announce(fresh);
    classes.forEach(packaged::publish);
    shell.addToClasspath(packaged.folder().toString());
    imports.classPathChanged();
    return Evaluation.Completed.silently();
  }

  @Override
  public void close() {
    packaged.close();
  }
}
