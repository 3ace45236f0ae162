package jdk.jshell;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes what stands in front of a type's name for a type, if it starts as types do.
///
/// To the compiler `Later.Inner` is a type of the package `Later` as long as there is no class of
/// that name. So the shell would reject a declaration that needs it, instead of letting it wait for
/// the class as it does for one that is needed itself.
final class LaterTypes {

  private static final Pattern NO_PACKAGE =
      Pattern.compile(
          "package (\\p{javaUpperCase}\\p{javaJavaIdentifierPart}*)(?:\\.\\S+)? .*");

  private LaterTypes() {}

  /// {@return what the compiler says, with a missing type in the place of a package}
  static DiagList named(DiagList said) {
    DiagList all = new DiagList();
    for (Diag one : said) {
      Matcher missing = NO_PACKAGE.matcher(one.getMessage(Locale.ROOT));
      boolean isType =
          one.getCode().equals("compiler.err.doesnt.exist")
              && one.snippetOrNull() instanceof DeclarationSnippet
              && missing.matches();
      all.add(isType ? new Missing(one, missing.group(1)) : one);
    }
    return all;
  }

  /// A class that cannot be found.
  private static final class Missing extends Diag {
    private final Diag said;
    private final String name;

    Missing(Diag said, String name) {
      this.said = said;
      this.name = name;
    }

    @Override
    public boolean isError() {
      return true;
    }

    @Override
    public long getPosition() {
      return getStartPosition();
    }

    @Override
    public long getStartPosition() {
      return said.getStartPosition();
    }

    @Override
    public long getEndPosition() {
      return getStartPosition() + name.length();
    }

    @Override
    public String getCode() {
      return "compiler.err.cant.resolve.location";
    }

    @Override
    public String getMessage(Locale locale) {
      return "cannot find symbol\n  symbol:   class " + name + "\n  location: class ";
    }

    @Override
    Snippet snippetOrNull() {
      return said.snippetOrNull();
    }
  }
}
