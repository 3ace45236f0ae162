package argosy.kernel.jshell;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Leads code from a replaced wrapper to the one that took its place.
final class Forwarding {

  private final ClassDesc before;
  private final ClassDesc after;
  private final Set<String> methods = new HashSet<>();
  private final Set<String> fields = new HashSet<>();

  Forwarding(Class<?> before, Class<?> after) {
    this.before = before.describeConstable().orElseThrow();
    this.after = after.describeConstable().orElseThrow();
    for (Method method : after.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && !method.isSynthetic()
          && !method.getName().startsWith("do_it$")) {
        methods.add(key(method.getName(), descriptor(method)));
      }
    }
    for (Field field : after.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        fields.add(key(field.getName(), field.getType().descriptorString()));
      }
    }
  }

  private static String key(String name, String descriptor) {
    return name + ' ' + descriptor;
  }

  private static String descriptor(Method method) {
    ClassDesc[] parameters =
        Stream.of(method.getParameterTypes())
            .map(type -> type.describeConstable().orElseThrow())
            .toArray(ClassDesc[]::new);
    return MethodTypeDesc.of(method.getReturnType().describeConstable().orElseThrow(), parameters)
        .descriptorString();
  }

  /// {@return the class with its code led to the new wrapper, or null if it names none of the old}
  byte @Nullable [] lead(String className, byte[] recorded) {
    ClassModel model = Frames.CLASS_FILE.parse(recorded);
    if (model.thisClass().asSymbol().equals(before)) {
      return methods.isEmpty() ? null : Frames.CLASS_FILE.transformClass(model, this::forward);
    }
    if (model.thisClass().asSymbol().equals(after) || fields.isEmpty() || !names(model, before)) {
      return null;
    }
    return Frames.CLASS_FILE.transformClass(model, Frames.bodies(_ -> this::readElsewhere));
  }

  /// {@return whether a class file mentions a class}
  static boolean names(byte[] recorded, Class<?> named) {
    return names(Frames.CLASS_FILE.parse(recorded), named.describeConstable().orElseThrow());
  }

  private static boolean names(ClassModel model, ClassDesc named) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type && type.asSymbol().equals(named)) {
        return true;
      }
    }
    return false;
  }

  private void forward(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method
        && methods.contains(
            key(method.methodName().stringValue(), method.methodType().stringValue()))) {
      builder.transformMethod(
          method,
          (body, part) -> {
            if (part instanceof CodeModel) {
              body.withCode(code -> call(code, method));
            } else {
              body.with(part);
            }
          });
    } else {
      builder.with(element);
    }
  }

  private void call(CodeBuilder code, MethodModel method) {
    MethodTypeDesc type = method.methodTypeSymbol();
    int slot = 0;
    for (ClassDesc parameter : type.parameterList()) {
      TypeKind kind = TypeKind.from(parameter);
      code.loadLocal(kind, slot);
      slot += kind.slotSize();
    }
    code.invokestatic(after, method.methodName().stringValue(), type);
    code.return_(TypeKind.from(type.returnType()));
  }

  private void readElsewhere(CodeBuilder builder, CodeElement element) {
    if (element instanceof FieldInstruction access
        && access.owner().asSymbol().equals(before)
        && fields.contains(key(access.name().stringValue(), access.type().stringValue()))) {
      builder.fieldAccess(access.opcode(), after, access.name().stringValue(), access.typeSymbol());
    } else {
      builder.with(element);
    }
  }
}
