package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// Variables of patterns that are in scope behind the statement that has them, as in `if (!(o
/// instanceof String s)) throw …;`.
///
/// To the shell a statement is a method of its own, so that they must become variables of the
/// session. Only for the holder of the [ShellLock].
final class PatternVariables {

  private static final String TAKEN = "compiler.err.already.defined";

  /// To what nothing can be converted that a pattern finds.
  private static final String UNFIT = "Void";

  private static final Pattern TYPE =
      Pattern.compile("incompatible types: (.*) cannot be converted to (?:java\\.lang\\.)?Void");

  private final JShell shell;
  private final Names names;
  private final Redefinitions redefinitions;

  PatternVariables(JShell shell, Names names, Redefinitions redefinitions) {
    this.shell = shell;
    this.names = names;
    this.redefinitions = redefinitions;
  }

  /// {@return whether a statement may have some; fast}
  static boolean may(JavaSnippet snippet) {
    return snippet.source().contains("instanceof") && ParsedStatement.isCompound(snippet);
  }

  /// {@return the declarations of the variables that are in scope behind a statement, by their
  /// names; none if it does not compile}
  Map<String, String> behind(String statement) {
    Map<String, String> declared = new LinkedHashMap<>();
    inCondition(statement)
        .forEach((name, type) -> {
          if (isInScope(name, statement)) {
            typeOf(name, type, statement).ifPresent(t -> declared.put(name, t + " " + name + ";"));
          }
        });
    return declared;
  }

  /// {@return a statement that hands its variables over to those of the session that have the same
  /// names, which its own hide from it}
  JavaSnippet handingOver(JavaSnippet statement, Iterable<String> variables) {
    StringBuilder handing = new StringBuilder();
    for (String name : variables) {
      VarSnippet variable = Objects.requireNonNull(names.variable(name), "it was declared");
      Class<?> wrapper = Objects.requireNonNull(redefinitions.wrapper(variable.id()), "it exists");
      handing.append(' ').append(wrapper.getName()).append('.').append(name);
      handing.append(" = ").append(name).append(';');
    }
    return statement.with(
        new TreeMap<>(Map.of(0, "{ ", statement.source().length(), handing + " }")));
  }

  /// The compiler knows the rules: whether the statement can end, and which outcome binds what.
  private boolean isInScope(String name, String statement) {
    List<Diag> errors = errors("{ " + statement + " { int " + name + "; } }");
    return errors.size() == 1 && TAKEN.equals(errors.getFirst().getCode());
  }

  private Optional<String> typeOf(String name, String written, String statement) {
    if (!written.isEmpty()) {
      return Optional.of(written);
    }
    return errors("{ " + statement + " " + UNFIT + " $ = " + name + "; }").stream()
        .map(error -> TYPE.matcher(Objects.toString(error.getMessage(Locale.ROOT), "")))
        .filter(Matcher::matches)
        .map(unfit -> TypeNames.denotable(Wrappers.unwrap(unfit.group(1))))
        .findFirst();
  }

  private List<Diag> errors(String source) {
    return shell.sourceCodeAnalysis().sourceToSnippets(source).stream()
        .filter(trial -> trial.kind() == Snippet.Kind.ERRONEOUS)
        .flatMap(shell::diagnostics)
        .filter(Diag::isError)
        .collect(Collectors.toList());
  }

  /// {@return the types of the variables that a statement's condition has, as they are written}
  private static Map<String, String> inCondition(String statement) {
    Map<String, String> types = new LinkedHashMap<>();
    ParsedStatement.of(statement).scan(new Conditions(), types);
    return types;
  }

  /// Finds the condition of the outermost statement.
  private static final class Conditions extends TreeScanner<@Nullable Void, Map<String, String>> {

    @Override
    public @Nullable Void visitIf(IfTree tree, Map<String, String> types) {
      return tree.getCondition().accept(new Bindings(), types);
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, Map<String, String> types) {
      return tree.getCondition().accept(new Bindings(), types);
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, Map<String, String> types) {
      return tree.getCondition().accept(new Bindings(), types);
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree tree, Map<String, String> types) {
      return new Bindings().scan(tree.getCondition(), types);
    }
  }

  private static final class Bindings extends TreeScanner<@Nullable Void, Map<String, String>> {

    @Override
    public @Nullable Void visitBindingPattern(BindingPatternTree tree, Map<String, String> types) {
      VariableTree variable = tree.getVariable();
      Tree type = variable.getType();
      boolean isInferred = type == null || type.toString().equals("var");
      types.putIfAbsent(variable.getName().toString(), isInferred ? "" : type.toString());
      return null;
    }
  }
}
