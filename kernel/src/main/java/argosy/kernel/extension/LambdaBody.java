package argosy.kernel.extension;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// What a user wrote as the body of a cell magic, made ready to stand between the braces of a
/// lambda. A last expression is its value, with or without `;`, as it is for a cell. Lines stay
/// where they are.
///
/// @param statements the statements for a lambda without a value
/// @param value the statements for a lambda with a value, or null if the text cannot have one
/// @param isCertain whether nothing but the text has to be known to tell that it has a value or
///   that it has none; a last call of a method has one unless the method is `void`
public record LambdaBody(String statements, @Nullable String value, boolean isCertain) {

  private static final String HEAD = "class Body { Object value() throws Throwable {\n";
  private static final String TAIL = "\n;}}";

  /// The `;` behind an expression, with the comments before it.
  private static final Pattern SEMICOLON =
      Pattern.compile("^((?:\\s|/\\*.*?\\*/|//[^\\n]*\\n)*);", Pattern.DOTALL);

  /// Checks that nothing is missing.
  public LambdaBody {
    Objects.requireNonNull(statements, "statements is null");
  }

  /// {@return the text as a body; one that does not parse stays as it is, with and without a value,
  /// for the compiler to complain about}
  public static LambdaBody of(String text) {
    Parsed plain = Parsed.of(text);
    LambdaBody asWritten =
        new LambdaBody(text, plain.returnsValue || !plain.isValid ? text : null, true);
    StatementTree last = plain.lastStatement();
    if (last == null
        || last instanceof ReturnTree
        || (plain.returnsValue && last instanceof SwitchTree)) {
      return asWritten;
    }
    int start = plain.start(last);
    String before = text.substring(0, start);
    String returning = before + "return " + text.substring(start);
    Parsed valued = Parsed.of(returning);
    if (!valued.isValid
        || !(valued.lastStatement() instanceof ReturnTree returned)
        || returned.getExpression() == null) {
      return asWritten;
    }
    int shift = "return ".length();
    int end = valued.end(returned.getExpression()) - shift;
    String expression = text.substring(start, end);
    String after = SEMICOLON.matcher(text.substring(end)).replaceFirst("$1");
    String value = before + "return " + expression + ";" + after;
    boolean mayBeVoid =
        plain.isValid
            && !plain.returnsValue
            && switch (returned.getExpression().getKind()) {
              case METHOD_INVOCATION, SWITCH_EXPRESSION -> true;
              default -> false;
            };
    return new LambdaBody(before + expression + ";" + after, value, !mayBeVoid);
  }

  /// A text as the compiler's parser sees it.
  private static final class Parsed {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<StatementTree> statements = new ArrayList<>();
    private final boolean isValid;
    private final boolean returnsValue;

    private Parsed(CompilationUnitTree unit, SourcePositions positions, boolean isValid) {
      this.unit = unit;
      this.positions = positions;
      ReturnFinder finder = new ReturnFinder();
      boolean oneMethod = false;
      if (unit.getTypeDecls().size() == 1
          && unit.getTypeDecls().getFirst() instanceof ClassTree type
          && type.getMembers().size() == 1
          && type.getMembers().getFirst() instanceof MethodTree method
          && method.getBody() != null) {
        oneMethod = true;
        statements.addAll(method.getBody().getStatements());
        finder.scan(method.getBody(), null);
      }
      this.isValid = isValid && oneMethod;
      this.returnsValue = finder.found;
    }

    static Parsed of(String text) {
      DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(
                      null,
                      null,
                      problems,
                      List.of("-proc:none"),
                      null,
                      List.of(
                          SimpleJavaFileObject.forSource(
                              URI.create("string:///Body.java"), HEAD + text + TAIL)));
      try {
        CompilationUnitTree unit = task.parse().iterator().next();
        boolean isValid =
            problems.getDiagnostics().stream().noneMatch(d -> d.getKind() == Diagnostic.Kind.ERROR);
        return new Parsed(unit, Trees.instance(task).getSourcePositions(), isValid);
      } catch (IOException e) {
        throw new UncheckedIOException("a string could not be read", e);
      }
    }

    @Nullable StatementTree lastStatement() {
      for (StatementTree statement : statements.reversed()) {
        if (!(statement instanceof EmptyStatementTree)) {
          return statement;
        }
      }
      return null;
    }

    int start(Tree tree) {
      return Math.toIntExact(positions.getStartPosition(unit, tree)) - HEAD.length();
    }

    int end(Tree tree) {
      return Math.toIntExact(positions.getEndPosition(unit, tree)) - HEAD.length();
    }
  }

  /// Looks for a `return` with a value that belongs to the body itself.
  private static final class ReturnFinder extends TreeScanner<@Nullable Void, @Nullable Void> {

    private boolean found;

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
      found |= tree.getExpression() != null;
      return null;
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      return null;
    }
  }
}
