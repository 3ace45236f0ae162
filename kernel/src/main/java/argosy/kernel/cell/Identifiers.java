package argosy.kernel.cell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The simple names that Java code mentions.
public final class Identifiers {

  private Identifiers() {}

  /// {@return every word that no `.` or `::` precedes, in the order of the text; keywords and names
  /// that the code declares itself are among them}
  public static Set<String> in(String source) {
    List<Token> tokens = Lexer.tokens(source);
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).kind() == Token.Kind.WORD && !isMember(source, tokens, i)) {
        names.add(tokens.get(i).in(source));
      }
    }
    return names;
  }

  /// {@return the code with other texts in the place of some simple names}
  ///
  /// @param replacement gives what stands for a word that no `.` or `::` precedes: itself to keep
  ///   it
  public static String replace(String source, UnaryOperator<String> replacement) {
    List<Token> tokens = Lexer.tokens(source);
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Token.Kind.WORD && !isMember(source, tokens, i)) {
        text.append(source, done, token.start()).append(replacement.apply(token.in(source)));
        done = token.end();
      }
    }
    return text.append(source.substring(done)).toString();
  }

  /// {@return where code first has a name that it does not declare itself there, with nothing but
  /// perhaps `this` before it; the first one of all if it declares each}
  public static OptionalInt firstUse(String source, String name) {
    List<Token> tokens = Lexer.tokens(source);
    OptionalInt first = OptionalInt.empty();
    for (int i = 0; i < tokens.size(); i++) {
      boolean isOwn =
          !isMember(source, tokens, i) || (i > 1 && tokens.get(i - 2).is(source, "this"));
      if (tokens.get(i).is(source, name) && isOwn) {
        int start = tokens.get(i).start();
        if (!isLocal(source, tokens.get(i))) {
          return OptionalInt.of(start);
        }
        first = first.isPresent() ? first : OptionalInt.of(start);
      }
    }
    return first;
  }

  /// Whether a name is that of a variable in scope there, or declares one.
  private static boolean isLocal(String source, Token name) {
    String text = name.in(source);
    return LocalNames.in(source.substring(0, name.start())).contains(text)
        || LocalNames.in(source.substring(0, name.end()) + " ;").contains(text);
  }

  private static boolean isMember(String source, List<Token> tokens, int index) {
    return index > 0
        && (tokens.get(index - 1).is(source, ".") || tokens.get(index - 1).is(source, "::"))
        && !(index > 1 && isEllipsis(source, tokens.get(index - 1)));
  }

  private static boolean isEllipsis(String source, Token dot) {
    return dot.start() > 0 && source.charAt(dot.start() - 1) == '.';
  }

  /// {@return whether the code may declare one of these variables: it names one behind a type}
  public static boolean mayDeclare(String source, Predicate<String> isVariable) {
    List<Token> tokens = Lexer.tokens(source);
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      boolean behindType =
          before.kind() == Token.Kind.WORD
              || before.is(source, ">")
              || before.is(source, "]")
              || before.is(source, ",");
      if (behindType
          && tokens.get(i).kind() == Token.Kind.WORD
          && isVariable.test(tokens.get(i).in(source))) {
        return true;
      }
    }
    return false;
  }
}
