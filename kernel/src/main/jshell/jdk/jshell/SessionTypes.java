package jdk.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.tools.javac.code.BoundKind;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.TreeScanner;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The compiler's rules for types, which infers types without annotations: the shell declares a
/// variable by the text of the type that was inferred, and the compiler writes annotations there
/// where it does not read them.
///
/// While the shell names a type, a class that only the code itself knows, such as a record that a
/// lambda declares, gives way to what it extends or implements. So does an anonymous class whose
/// initializers would run in another order if the shell wrote it out as a class of its own.
final class SessionTypes extends Types {

  private final Symtab symbols;

  /// The code whose types are named; null if none are.
  private Supplier<CompilationUnitTree> named;

  private SessionTypes(Context context) {
    super(context);
    symbols = Symtab.instance(context);
  }

  static void register(Context context) {
    if (context.get(typesKey) == null) {
      context.put(typesKey, (Context.Factory<Types>) SessionTypes::new);
    }
  }

  /// Does something for which types of some code are named.
  static <Z> Z naming(
      Context context, Supplier<CompilationUnitTree> code, Supplier<Z> action) {
    if (!(Types.instance(context) instanceof SessionTypes types)) {
      return action.get();
    }
    Supplier<CompilationUnitTree> before = types.named;
    types.named = code;
    try {
      return action.get();
    } finally {
      types.named = before;
    }
  }

  /// The type that a variable gets from its value.
  @Override
  public Type upward(Type type, List<Type> captured) {
    Type plain = super.upward(type, captured).stripMetadata();
    return named != null && mentionsLocal(plain) ? nameable(plain) : plain;
  }

  private boolean mentionsLocal(Type type) {
    return switch (type.getTag()) {
      case ARRAY -> mentionsLocal(elemtype(type));
      case WILDCARD -> mentionsLocal(((Type.WildcardType) type).type);
      case CLASS -> isLocal(type) || type.allparams().stream().anyMatch(this::mentionsLocal);
      default -> false;
    };
  }

  /// Other anonymous classes are the shell's to name.
  private boolean isLocal(Type type) {
    if (!type.hasTag(TypeTag.CLASS)
        || type.isCompound()
        || !type.tsym.isDirectlyOrIndirectlyLocal()) {
      return false;
    }
    return !type.tsym.name.isEmpty() || hasOrder(type.tsym);
  }

  /// Whether it matters for an anonymous class what comes first, a block or a field's value.
  private boolean hasOrder(Symbol anonymous) {
    boolean[] found = new boolean[1];
    new TreeScanner() {
      @Override
      public void visitClassDef(JCTree.JCClassDecl declaration) {
        if (anonymous.equals(declaration.sym)) {
          found[0] =
              declaration.defs.stream().anyMatch(JCTree.JCBlock.class::isInstance)
                  && declaration.defs.stream().anyMatch(SessionTypes::isFieldWithValue);
        }
        super.visitClassDef(declaration);
      }
    }.scan((JCTree) named.get());
    return found[0];
  }

  private static boolean isFieldWithValue(JCTree member) {
    return member instanceof JCTree.JCVariableDecl field && field.init != null;
  }

  private Type nameable(Type type) {
    if (!mentionsLocal(type)) {
      return type;
    }
    if (type.hasTag(TypeTag.ARRAY)) {
      return new Type.ArrayType(nameable(elemtype(type)), symbols.arrayClass);
    }
    if (!type.hasTag(TypeTag.CLASS) || type.isCompound()) {
      return symbols.objectType;
    }
    return isLocal(type) ? firstNameable(type) : withArguments(type, this::argument);
  }

  private static Type withArguments(Type type, Function<Type, Type> change) {
    return new Type.ClassType(
        type.getEnclosingType(), type.getTypeArguments().map(change), type.tsym);
  }

  private Type argument(Type argument) {
    if (!mentionsLocal(argument)) {
      return argument;
    }
    Type bound = isLocal(argument) ? firstNameable(argument) : symbols.objectType;
    return isSameType(bound, symbols.objectType)
        ? anything()
        : new Type.WildcardType(bound, BoundKind.EXTENDS, symbols.boundClass);
  }

  private Type anything() {
    return new Type.WildcardType(symbols.objectType, BoundKind.UNBOUND, symbols.boundClass);
  }

  private Type firstNameable(Type local) {
    Type above = above(local);
    while (isLocal(above)) {
      above = above(above);
    }
    return mentionsLocal(above)
        ? withArguments(above, argument -> mentionsLocal(argument) ? anything() : argument)
        : above;
  }

  /// What a class is, besides itself: an interface says more than Object and Record do.
  private Type above(Type type) {
    List<Type> interfaces = interfaces(type);
    Type superclass = supertype(type);
    boolean saysLittle =
        isSameType(superclass, symbols.objectType)
            || superclass.tsym.getQualifiedName().contentEquals("java.lang.Record");
    return saysLittle && interfaces.nonEmpty() ? interfaces.head : superclass;
  }
}
