package argosy.kernel.jshell;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final Aftermath aftermath;
  private final Supplier<List<Path>> classPath;
  private final PackagedClasses packaged;

  PackageCells(
      JShell shell,
      CellLoader loader,
      SourceLines lines,
      Redefinitions redefinitions,
      Imports imports,
      CompilerMessages messages,
      Aftermath aftermath,
      Supplier<List<Path>> classPath,
      CompilerOptions options,
      AnnotationProcessors processors) {
    this.shell = shell;
    this.loader = loader;
    this.lines = lines;
    this.redefinitions = redefinitions;
    this.imports = imports;
    this.messages = messages;
    this.aftermath = aftermath;
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
    others
        .shapes()
        .compiled()
        .forEach(
            (name, bytes) -> packaged.publish(name, new PackagedClasses.ClassFileBytes(bytes)));
    shell.addToClasspath(packaged.folder().toString());
  }

  /// @param declared where the `package` declaration of the text ends
  Evaluation evaluate(String text, int declared, Origin origin) {
    return switch (packaged.compile(text, declared, imports.defaultPackages(), classPath.get())) {
      case PackagedClasses.Result.Wrong(List<Problem> problems) ->
          new Evaluation.Rejected(messages.withHints(problems, text));
      case PackagedClasses.Result.Compiled(Map<String, PackagedClasses.ClassFileBytes> classes) ->
          takeUp(classes, origin);
    };
  }

  private Evaluation takeUp(Map<String, PackagedClasses.ClassFileBytes> classes, Origin origin) {
    Shapes shapes = loader.shapes();
    Map<String, byte[]> declared = new HashMap<>();
    classes.forEach((name, compiled) -> declared.put(name, lines.inCell(compiled.bytes(), origin)));
    shapes.declared(declared);
    Map<String, byte[]> fresh = new HashMap<>();
    Map<String, byte[]> known = new HashMap<>();
    declared.forEach((name, compiled) -> {
      String inUse = shapes.inUse(name);
      (loader.defined(inUse) == null ? fresh : known).put(inUse, shapes.again(name, compiled));
    });
    boolean isInPlace = known.isEmpty() || redefinitions.inPlace(known);
    if (isInPlace) {
      loader.announce(fresh);
    }
    classes.forEach(packaged::publish);
    shell.addToClasspath(packaged.folder().toString());
    imports.classPathChanged();
    return isInPlace
        ? Evaluation.Completed.silently()
        : new Evaluation.Completed(null, false, false, List.of(), reshape(declared.keySet()));
  }

  /// Makes new classes in the place of some that are in use, and of those that name them.
  ///
  /// @return what the user should know
  private List<String> reshape(Set<String> declared) {
    Shapes shapes = loader.shapes();
    Set<String> names = shapes.withUsers(declared);
    Set<String> before = new HashSet<>();
    names.forEach(name -> before.add(shapes.inUse(name)));
    loader.announce(shapes.renew(names));
    return aftermath.reshaped(before);
  }

  @Override
  public void close() {
    packaged.close();
  }
}
