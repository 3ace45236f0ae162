package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A `return` at top level, which ends the cell, whatever it returns.
///
/// The shell runs a statement as a method that returns null at its end. So what a `return` of the
/// user's has is put into an array, which tells the two apart, and which is there without a value
/// too.
final class Returns {

  private static final String BOX = "new java.lang.Object[] { ";

  private Returns() {}

  /// {@return whether a statement may have some; fast}
  static boolean may(JavaSnippet snippet) {
    return snippet.source().contains("return") && ParsedStatement.isCompound(snippet);
  }

  /// {@return a statement whose returns tell that they are some}
  static JavaSnippet marked(JavaSnippet statement) {
    if (!may(statement)) {
      return statement;
    }
    ParsedStatement parsed = ParsedStatement.of(statement.source());
    List<ReturnTree> own = new ArrayList<>();
    parsed.scan(new OwnReturns(), own);
    SortedMap<Integer, String> additions = new TreeMap<>();
    for (ReturnTree tree : own) {
      ExpressionTree value = tree.getExpression();
      if (value == null) {
        additions.put(parsed.start(tree) + "return".length(), " " + BOX + "null }");
      } else {
        additions.put(parsed.start(value), BOX);
        additions.put(parsed.end(value), " }");
      }
    }
    return statement.with(additions);
  }

  /// {@return whether a return of a statement that is not marked has a value}
  static boolean haveValue(JavaSnippet statement) {
    List<ReturnTree> own = new ArrayList<>();
    ParsedStatement.of(statement.source()).scan(new OwnReturns(), own);
    return own.stream().anyMatch(tree -> tree.getExpression() != null);
  }

  /// {@return what came of a marked statement, as if it had not been marked}
  static Evaluation unmarked(Evaluation marked) {
    return marked instanceof Evaluation.Completed completed
            && completed.returns()
            && completed.value() instanceof Object[] box
        ? new Evaluation.Completed(box[0], false, true, completed.declared(), completed.notices())
        : marked;
  }

  private static final class OwnReturns extends TreeScanner<@Nullable Void, List<ReturnTree>> {

    private boolean isInside;

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, List<ReturnTree> found) {
      found.add(tree);
      return null;
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, List<ReturnTree> found) {
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, List<ReturnTree> found) {
      if (isInside) {
        return null;
      }
      isInside = true; // the one around the statement
      return super.visitClass(tree, found);
    }
  }
}
