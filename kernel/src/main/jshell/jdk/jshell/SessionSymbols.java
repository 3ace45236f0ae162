package jdk.jshell;

import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.Name;
import java.util.ArrayList;
import java.util.List;

/// The compiler's symbols, which knows those of the session's classes without a search: the shell
/// looks for them among all classes after every task.
final class SessionSymbols extends Symtab {

  private List<Symbol.ClassSymbol> own;

  private SessionSymbols(Context context) {
    super(context);
    own = new ArrayList<>();
  }

  static void register(Context context) {
    if (context.get(symtabKey) == null) {
      context.put(symtabKey, (Context.Factory<Symtab>) SessionSymbols::new);
    }
  }

  @Override
  public Symbol.ClassSymbol defineClass(Name name, Symbol owner) {
    Symbol.ClassSymbol defined = super.defineClass(name, owner);
    // The constructor of the symbols themselves defines some.
    if (own != null && isOfSession(owner)) {
      own.add(defined);
    }
    return defined;
  }

  private static boolean isOfSession(Symbol owner) {
    Symbol.PackageSymbol inPackage = owner.packge();
    return inPackage != null && inPackage.fullname.contentEquals(Util.REPL_PACKAGE);
  }

  /// {@return the classes of the session; whoever asks removes them all}
  @Override
  public Iterable<Symbol.ClassSymbol> getAllClasses() {
    List<Symbol.ClassSymbol> all = own;
    own = new ArrayList<>();
    return all;
  }
}
