package argosy.engine.closure;

import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// What the code of one method may reach, by internal names.
///
/// @param statics the statics that it reads
/// @param calls the methods that it calls or makes lambdas of
/// @param created the classes that it instantiates
/// @param started the classes that it may initialize without doing either
/// @param reflected the classes that it takes as values, all of whose methods it may call
/// @param searched the names by which it may look for classes, to do the same with them; as texts
record MethodEffects(
    List<StaticField> statics,
    List<Call> calls,
    List<String> created,
    List<String> started,
    List<String> reflected,
    List<String> searched) {

  MethodEffects {
    statics = List.copyOf(statics);
    calls = List.copyOf(calls);
    created = List.copyOf(created);
    started = List.copyOf(started);
    reflected = List.copyOf(reflected);
    searched = List.copyOf(searched);
  }

  /// A static field as code names it; a superclass may be the one that has it.
  record StaticField(String owner, String name) {}

  /// A method as code names it; a superclass may be the one that has it.
  record Call(String owner, String name, String descriptor) {

    /// {@return the descriptor of the first parameter, or an empty text}
    String firstParameter() {
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(descriptor);
      return type.parameterCount() == 0 ? "" : type.parameterType(0).descriptorString();
    }

    /// {@return whether the first parameter is an array}
    boolean takesArrayFirst() {
      return firstParameter().startsWith("[");
    }

    /// {@return whether a copy that this call makes holds nothing of what it is a copy of}
    boolean copiesPrimitives() {
      String copied = owner.startsWith("[") ? owner : firstParameter();
      return copied.length() == 2 && copied.startsWith("[");
    }

    /// {@return whether a parameter may be an object that can change}
    boolean takesObjects() {
      return MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
          .anyMatch(each -> !KnownPurity.isImmutable(each.descriptorString()));
    }
  }
}
