package argosy.kernel.jshell;

import argosy.kernel.extension.Declaration;
import jdk.jshell.ImportSnippet;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;

/// Snippets as the declarations that their users know.
final class Declared {

  private Declared() {}

  static Declaration of(Snippet snippet) {
    String source = EmbeddedMagics.asWritten(snippet.source().strip());
    return switch (snippet) {
      case ImportSnippet declared ->
          new Declaration(Declaration.Kind.IMPORT, declared.fullname(), source);
      case TypeDeclSnippet declared ->
          new Declaration(Declaration.Kind.TYPE, declared.name(), source);
      case MethodSnippet declared ->
          new Declaration(Declaration.Kind.METHOD, Names.display(declared), source);
      default -> new Declaration(Declaration.Kind.VARIABLE, Names.display(snippet), source);
    };
  }

  /// An import on demand, which the shell itself never sees.
  static Declaration onDemand(String source) {
    String name = source.replaceFirst("^import (static )?", "").replace(";", "");
    return new Declaration(Declaration.Kind.IMPORT, name, source);
  }
}
