package jdk.jshell;

import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.List;

/// The compiler's rules for types, which infers types without annotations: the shell declares a
/// variable by the text of the type that was inferred, and the compiler writes annotations there
/// where it does not read them.
final class SessionTypes extends Types {

  private SessionTypes(Context context) {
    super(context);
  }

  static void register(Context context) {
    if (context.get(typesKey) == null) {
      context.put(typesKey, (Context.Factory<Types>) SessionTypes::new);
    }
  }

  /// The type that a variable gets from its value.
  @Override
  public Type upward(Type type, List<Type> captured) {
    return super.upward(type, captured).stripMetadata();
  }
}
