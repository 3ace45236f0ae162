package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The structure of a statement that may contain others.
///
/// @param unit a file that has the statement in a method, and nothing else
record ParsedStatement(CompilationUnitTree unit, SourcePositions positions) {

  private static final Pattern COMPOUND =
      Pattern.compile(
          "(?:[\\w$]+\\s*:\\s*)*(?:\\{|(?:if|for|while|do|try|switch|synchronized|return)\\b).*",
          Pattern.DOTALL);

  private static final String BEFORE = "class $ { Object $() { ";

  /// {@return whether a snippet is a statement that may contain others, or is a `return`; fast}
  static boolean isCompound(JavaSnippet snippet) {
    return snippet.kind() == JavaSnippet.Kind.STATEMENT
        && COMPOUND.matcher(snippet.source()).matches();
  }

  /// {@return what can be told of a statement, which may be wrong}
  static ParsedStatement of(String source) {
    JavaFileObject text =
        SimpleJavaFileObject.forSource(URI.create("string:///$.java"), BEFORE + source + "\n} }");
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    new StringWriter(), null, _ -> {}, List.of("-proc:none"), null, List.of(text));
    try {
      return new ParsedStatement(
          task.parse().iterator().next(), Trees.instance(task).getSourcePositions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Shows it to someone.
  <P> void scan(TreeScanner<?, P> scanner, P parameter) {
    unit.accept(scanner, parameter);
  }

  /// {@return where a part of the statement starts in its source}
  int start(Tree part) {
    return (int) positions.getStartPosition(unit, part) - BEFORE.length();
  }

  /// {@return where a part of the statement ends in its source}
  int end(Tree part) {
    return (int) positions.getEndPosition(unit, part) - BEFORE.length();
  }
}
