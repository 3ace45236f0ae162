package jdk.jshell;

import com.sun.tools.javac.code.BoundKind;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The compiler's rules for types, which infers types without annotations: the shell declares a
/// variable by the text of the type that was inferred, and the compiler writes annotations there
/// where it does not read them.
///
/// While the shell names a type, a class that only the code itself knows, such as a record that a
/// lambda declares, gives way to what it extends or implements.
final class SessionTypes extends Types {

  private final Symtab symbols;
  private boolean isNaming;

  private SessionTypes(Context context) {
    super(context);
    symbols = Symtab.instance(context);
  }

  static void register(Context context) {
    if (context.get(typesKey) == null) {
      context.put(typesKey, (Context.Factory<Types>) SessionTypes::new);
    }
  }

  /// Does something for which types are named.
  static <Z> Z naming(Context context, Supplier<Z> action) {
    if (!(Types.instance(context) instanceof SessionTypes types)) {
      return action.get();
    }
    boolean before = types.isNaming;
    types.isNaming = true;
    try {
      return action.get();
    } finally {
      types.isNaming = before;
    }
  }

  /// The type that a variable gets from its value.
  @Override
  public Type upward(Type type, List<Type> captured) {
    Type plain = super.upward(type, captured).stripMetadata();
    return isNaming && mentionsLocal(plain) ? nameable(plain) : plain;
  }

  private boolean mentionsLocal(Type type) {
    return switch (type.getTag()) {
      case ARRAY -> mentionsLocal(elemtype(type));
      case WILDCARD -> mentionsLocal(((Type.WildcardType) type).type);
      case CLASS -> isLocal(type) || type.allparams().stream().anyMatch(this::mentionsLocal);
      default -> false;
    };
  }

  /// Anonymous classes are the shell's to name.
  private static boolean isLocal(Type type) {
    return type.hasTag(TypeTag.CLASS)
        && !type.isCompound()
        && !type.tsym.name.isEmpty()
        && type.tsym.isDirectlyOrIndirectlyLocal();
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
