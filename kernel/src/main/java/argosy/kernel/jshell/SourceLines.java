package argosy.kernel.jshell;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/// Makes class files name the cell and its lines, so that every stack trace does, wherever it is
/// printed: here, in the user's own `printStackTrace`, or in another process.
///
/// Confined to whoever holds the [ShellLock], except where a method says otherwise.
final class SourceLines {

  private final ShellInternals internals = new ShellInternals();
  private final Map<Snippet, Origin> origins = new WeakHashMap<>();
  private final Map<String, Origin> compiledAt = new ConcurrentHashMap<>();

  /// Where wrappers come from that are compiled and not installed.
  private final Map<String, Origin> compiling = new HashMap<>();

  /// The texts from which a wrapper was compiled that has been redefined since. The virtual machine
  /// goes on naming the one that it named in a stack trace first.
  private final Map<String, Set<String>> formerSources = new ConcurrentHashMap<>();

  private final Map<String, Origin> movedTo = new ConcurrentHashMap<>();
  private Origin current = new Origin(Origin.cell(0), 1);

  /// Makes a shell number its snippets, and so name its classes, as another one would go on.
  void continueNumbers(JShell original, JShell copy) {
    internals.continueNumbers(original, copy);
  }

  /// Says where the snippet stands that is about to be evaluated.
  void evaluating(Origin origin) {
    current = origin;
  }

  Origin current() {
    return current;
  }

  /// Remembers where a snippet stands, for when the shell compiles it again.
  void evaluated(Snippet snippet) {
    origins.put(snippet, current);
  }

  /// Notes that a snippet stands where [#evaluating] said last, though its class says otherwise.
  void moved(String wrapper) {
    movedTo.put(wrapper, current);
  }

  /// {@return where a line of a cell's class stands now; safe from any thread}
  Origin now(String className, Origin compiled) {
    String wrapper = Wrappers.wrapperOf(className).orElse("");
    Origin then = compiledAt.get(wrapper);
    if (then == null || !isSource(wrapper, then, compiled.source())) {
      return compiled;
    }
    Origin now = movedTo.getOrDefault(wrapper, then);
    return new Origin(now.source(), compiled.line() - then.line() + now.line());
  }

  private boolean isSource(String wrapper, Origin last, String source) {
    return source.equals(last.source())
        || formerSources.getOrDefault(wrapper, Set.of()).contains(source);
  }

  /// {@return the text that a cell's class comes from, if it is one; safe from any thread}
  Optional<String> source(String className) {
    return Wrappers.wrapperOf(className)
        .map(wrapper -> movedTo.getOrDefault(wrapper, compiledAt.get(wrapper)))
        .map(Origin::source);
  }

  Optional<Origin> origin(Snippet snippet) {
    return Optional.ofNullable(origins.get(snippet));
  }

  /// {@return the class with the lines of its cell}
  byte[] inCell(JShell shell, String className, byte[] compiled) {
    Optional<ShellInternals.Wrapper> wrapper = internals.wrapper(shell, className);
    if (wrapper.isEmpty()) {
      return compiled;
    }
    ClassModel model = Frames.CLASS_FILE.parse(compiled);
    Lines lines = new Lines(wrapper.get());
    CodeTransform code =
        (builder, element) -> {
          if (element instanceof LineNumber number) {
            lines.map(number.line()).ifPresent(builder::lineNumber);
          } else {
            builder.with(element);
          }
        };
    ClassTransform transform =
        Frames.bodies(_ -> code)
            .andThen(ClassTransform.dropping(SourceFileAttribute.class::isInstance))
            .andThen(SourceLines::withoutPreview)
            .andThen(ClassTransform.endHandler(lines::nameSource));
    byte[] inCell = Frames.CLASS_FILE.transformClass(model, transform);
    if (Wrappers.isWrapper(className)) {
      compiling.put(className, lines.last);
    }
    return inCell;
  }

  /// Notes that a class is what [#inCell] made of it last.
  void installed(String className) {
    Origin origin = compiling.remove(className);
    if (origin == null) {
      return;
    }
    Origin before = compiledAt.put(className, origin);
    movedTo.remove(className);
    if (before != null) {
      formerSources
          .computeIfAbsent(className, _ -> ConcurrentHashMap.newKeySet())
          .add(before.source());
    }
  }

  /// {@return a class that was compiled from the text of a cell, with the name of the cell}
  byte[] inCell(byte[] compiled, Origin origin) {
    CodeTransform code =
        (builder, element) -> {
          if (element instanceof LineNumber number) {
            builder.lineNumber(number.line() + origin.line() - 1);
          } else {
            builder.with(element);
          }
        };
    return Frames.CLASS_FILE.transformClass(
        Frames.CLASS_FILE.parse(compiled),
        Frames.bodies(_ -> code)
            .andThen(ClassTransform.dropping(SourceFileAttribute.class::isInstance))
            .andThen(SourceLines::withoutPreview)
            .andThen(
                ClassTransform.endHandler(
                    end -> end.with(SourceFileAttribute.of(origin.source())))));
  }

  /// Takes the mark away that the compiler puts on classes that use a preview feature of the
  /// language, with which only a Java that was started with previews loads them.
  private static void withoutPreview(ClassBuilder builder, ClassElement element) {
    if (element instanceof ClassFileVersion version) {
      builder.withVersion(version.majorVersion(), 0);
    } else {
      builder.with(element);
    }
  }

  private final class Lines {

    private final ShellInternals.Wrapper wrapper;
    private Origin last = current;

    Lines(ShellInternals.Wrapper wrapper) {
      this.wrapper = wrapper;
    }

    Optional<Integer> map(int line) {
      Optional<Snippet> snippet = wrapper.snippet(line);
      if (snippet.isPresent()) {
        last = origins.getOrDefault(snippet.get(), current);
        return Optional.of(last.line() + wrapper.snippetLine(line) - 1);
      }
      return Optional.empty();
    }

    void nameSource(ClassBuilder end) {
      end.with(SourceFileAttribute.of(last.source()));
    }
  }
}
