package jdk.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.tools.javac.tree.JCTree;
import java.util.List;

/// A class like those with which the shell tries code, under a name of its own.
final class Trial extends OuterWrap {

  /// What precedes the code.
  static final String HEAD = "throws java.lang.Throwable {\n";

  private final String name;
  private final int locals;

  private Trial(String name, String text, int locals) {
    super(Wrap.identityWrap(text));
    this.name = name;
    this.locals = locals;
  }

  /// {@return a class without any code}
  static Trial nothing() {
    return new Trial("$JShell$0", "package REPL;\nclass $JShell$0 {}\n", 0);
  }

  /// {@return a class of the shell's under another name, with variables before the code}
  static Trial of(String name, String text, List<String> locals) {
    int at = text.indexOf(HEAD) + HEAD.length();
    String all = text.substring(0, at) + String.join(" ", locals) + text.substring(at);
    return new Trial(name, all.replace(Inside.TRIAL_CLASS, name), locals.size());
  }

  @Override
  public String className() {
    return name;
  }

  /// Takes the variables away that were put before the code: the shell looks for the first one.
  void dropLocals(CompilationUnitTree tree) {
    JCTree.JCClassDecl type = (JCTree.JCClassDecl) tree.getTypeDecls().get(0);
    for (JCTree member : type.defs) {
      if (member instanceof JCTree.JCMethodDecl method && method.name.contentEquals("do_it$")) {
        for (int i = 0; i < locals && method.body.stats.nonEmpty(); i++) {
          method.body.stats = method.body.stats.tail;
        }
      }
    }
  }

  /// {@return whether the shell only wants to know if a statement compiles}
  static boolean isStatement(OuterWrap wrap) {
    String text = wrap.wrapped();
    int at = text.indexOf(HEAD);
    if (at < 0 || !text.contains(Inside.TRIAL_CLASS)) {
      return false;
    }
    String body = text.substring(at + HEAD.length()).strip();
    return !body.startsWith("return ") && !body.startsWith("var ");
  }

  /// {@return a class without its package and imports}
  static String guts(String text) {
    int at = text.indexOf("\nclass $JShell$");
    return text.substring(Math.max(0, at)).strip();
  }
}
